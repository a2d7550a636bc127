/*
 * Finds pages in a patient's own words.
 *
 * Puts the site's words in the place of a reader's: "siatica" is looked for as "sciatica", "bum" as
 * "buttock", and words that say nothing ("is my ...") are left out. It looks things up in the site's
 * own index and in assets/search-words.js, which Clinicpress makes; nothing is sent anywhere. Loaded
 * by search.js once a reader turns to the search; without it the search works word by word.
 */
;(function () {
  "use strict"

  var MOST = 3 // words of the site that stand for one of the reader's
  var TITLE = 5, HEADING = 3, TEXT = 1, NEARBY = 0.6 // what a word counts by where it stands
  var OTHER = 0.5 // what words that stand for one of the reader's count where the site has that one too
  var SUBJECT = 0.5 // what it adds that the title of the leaflet has all that was asked
  var TOGETHER = 1 // what it adds that one section speaks of all that was asked
  var ALIKE = 0.85 // a word in another form
  var LANDING = 0.75 // a leaflet's first page touches on everything; its sections say more
  var ABOUT = 2.2 // unless the reader asks what a thing is
  var WHAT_IS = /^(whats|what( is| are)|que (es|son)) | (meaning|significado)$/
  var given = { stop: new Set(), meant: new Map(), longest: 1, right: new Set() }
  var site = new Map() // the site's words: plain letters -> { forms, count }
  var pages = new Map() // its pages: address -> { folder, title, said: word -> { best, count } }
  var byPlace = false, places = [] // for Zensical: the words of each section
  var asked = null // the parts of the query that was asked last
  var about = false // whether it asks what a thing is

  // --- Words -----------------------------------------------------------------

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’]/g, "")
  }

  function words(text) {
    return plain(text).match(/[\p{L}\p{N}]+/gu) || []
  }

  // Reads the site's index a little at a time, so that a large one does not hold up the page.
  function read(items, at, done) {
    var until = Date.now() + 20
    while (at < items.length && Date.now() < until) learn(items[at++])
    if (at < items.length) setTimeout(read, 0, items, at, done)
    else done()
  }

  function learn(item) {
    var address = (item.location || "").split("#")[0]
    var page = pages.get(address)
    if (!page) pages.set(address, (page = { folder: address.replace(/[^/]*$/, ""), said: new Map() }))
    if (!page.title) page.title = words(item.title || "")
    page.boost = item.boost || 1 // what front matter says, as `search: {boost: 0.5}`
    note(item.title || "", page, address === item.location ? TITLE : HEADING)
    note(item.text || "", page, TEXT)
    if (byPlace) places.push(new Set(words((item.title || "") + " " + (item.text || ""))))
  }

  function note(text, page, where) {
    for (var form of text.replace(/<[^>]*>/g, " ").match(/[\p{L}\p{N}'’]+/gu) || []) {
      var word = plain(form)
      var entry = site.get(word)
      if (!entry) site.set(word, (entry = { forms: new Set(), count: 0 }))
      entry.forms.add(form.toLowerCase().replace(/['’].*/, ""))
      entry.count += where
      var before = page.said.get(word) || { best: 0, count: 0 }
      page.said.set(word, { best: Math.max(before.best, where), count: before.count + 1 })
    }
  }

  function known(start) {
    if (site.has(start)) return true
    if (start.length < 3) return false
    for (var word of site.keys()) if (word.startsWith(start)) return true
    return false
  }

  // One letter wrong, missing, added or swapped counts 1; gives up above `limit`.
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1
    var older, row = [], i, j
    var before = Array.from({ length: b.length + 1 }, function (_, n) { return n })
    for (i = 1; i <= a.length; i++) {
      row = [i]
      for (j = 1; j <= b.length; j++) {
        row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] !== b[j - 1]))
        if (older && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          row[j] = Math.min(row[j], older[j - 2] + 1)
      }
      if (Math.min.apply(null, row) > limit) return limit + 1
      older = before
      before = row
    }
    return row[b.length]
  }

  // How a word sounds, roughly: enough for "fisio" and "physio", "sciatica" and "cyatica".
  function sound(word) {
    return word
      .replace(/ph/g, "f").replace(/sc(?=[eiy])|c(?=[eiy])|z/g, "s").replace(/ck|q|c|x/g, "k")
      .replace(/y/g, "i").replace(/h|(?<=.)[aeiou]+/g, "").replace(/(.)\1+/g, "$1")
  }

  // The word, among the site's and those of the vocabulary, that the reader may have meant.
  function mended(word) {
    if (word.length < 4 || /\d/.test(word) || given.right.has(word)) return null
    var limit = word.length < 6 ? 1 : 2
    var best = null, least = Infinity
    function weigh(other, weight) {
      if (other.length < 4 || other.indexOf(" ") > 0) return
      var far = distance(word, other, limit)
      var begun = other.startsWith(word)
      if (far > limit && !begun && sound(word) !== sound(other)) return
      var cost = (begun ? 0.5 : Math.min(far, limit + 0.5)) + (word[0] === other[0] ? 0 : 0.4) - weight
      if (cost < least) {
        least = cost
        best = other
      }
    }
    site.forEach(function (entry, other) { weigh(other, Math.min(entry.count, 50) / 200) })
    given.meant.forEach(function (_, other) { if (meant(other).length) weigh(other, 0.05) })
    return best
  }

  // The words of the site that stand for a phrase of the vocabulary, the best first.
  function meant(phrase) {
    var found = []
    for (var each of given.meant.get(phrase) || []) {
      var parts = each.split(" ").filter(function (part) { return !given.stop.has(part) })
      if (parts.every(known)) found.push(parts)
    }
    return found.slice(0, MOST)
  }

  // --- The reader's query ----------------------------------------------------

  // Phrases are found with or without the s of their words.
  function alsoSingular(said) {
    var single = said.split(" ").map(singular).join(" ")
    return single === said ? [said] : [said, single]
  }

  function singular(word) {
    return word.length > 3 ? word.replace(/(?<=[^s])s$/, "") : word
  }

  function phraseAt(typed, at) {
    for (var size = Math.min(given.longest, typed.length - at); size > 0; size--) {
      var own = typed.slice(at, at + size)
      var said = own.join(" ")
      if (given.meant.has(said)) return { said: said, size: size }
      said = own.map(singular).join(" ")
      if (given.meant.has(said)) return { said: said, size: size }
    }
    return null
  }

  // A phrase of the vocabulary that is in a page's own title needs no other words.
  function isTitle(own) {
    if (own.length < 2) return false
    return Array.from(pages.values()).some(function (page) {
      return own.every(function (word) { return (page.title || []).includes(word) })
    })
  }

  // Returns what to look for: a list of parts, { said, own: words as they are, site: [words, ...] }.
  function understood(query) {
    var said = words(query), out = []
    for (var at = 0; at < said.length; ) {
      var phrase = phraseAt(said, at)
      var size = phrase ? phrase.size : 1
      var own = said.slice(at, at + size)
      var found = phrase && !isTitle(own) ? meant(phrase.said) : []
      at += size
      if (found.length) {
        out.push({ said: own.join(" "), own: size === 1 ? own.filter(kept) : [], site: found })
        continue
      }
      for (var word of own) {
        if (given.stop.has(word)) continue
        if (known(word)) {
          out.push({ own: [word], site: [] })
          continue
        }
        var other = mended(word)
        if (!other) out.push({ own: [word], site: [] })
        else {
          found = meant(other)
          out.push({ said: word, own: known(other) ? [other] : [], site: found, instead: other })
        }
      }
    }
    return out
  }

  // A word of a phrase is looked for as well, where it says something and the site has it.
  function kept(word) {
    return !given.stop.has(word) && word.length > 3 && site.has(word)
  }

  // The forms in which the site writes a word: accents matter to its index.
  function forms(word) {
    var entry = site.get(word)
    return entry ? Array.from(entry.forms).slice(0, 2) : [word]
  }

  // For Material's search: any word may match, those of the reader count more.
  function weighted(parts) {
    var out = []
    parts.forEach(function (part) {
      part.own.forEach(function (word) {
        forms(word).forEach(function (form) { out.push(form + "*^4") })
      })
      part.site.forEach(function (phrase, n) {
        phrase.forEach(function (word) {
          forms(word).forEach(function (form) { out.push(form + "*^" + (MOST + 1 - n)) })
        })
      })
    })
    return Array.from(new Set(out)).join(" ")
  }

  // For Zensical's search, where all words have to stand in one section: the words for each part of
  // the query that the section has which answers most parts.
  function plainly(parts) {
    var best = [], most = 0
    for (var place of places) {
      var out = [], met = 0
      for (var part of parts) {
        var found = [part.own].concat(part.site).find(function (phrase) {
          return phrase.length && phrase.every(function (word) { return place.has(word) })
        })
        if (!found) continue
        met += 1
        out = out.concat(found)
      }
      if (met > most) {
        most = met
        best = out
      }
    }
    return best.map(function (word) { return forms(word)[0] }).join(" ")
  }

  function typed(query) {
    return typeof query === "string" ? query : query.input
  }

  function translated(query) {
    if (typeof query === "string") {
      if (/["~^+:*]/.test(query)) return query // the reader knows the search's own signs
      return weighted(understood(query)) || query
    }
    if (query && typeof query.input === "string")
      return Object.assign({}, query, { input: plainly(understood(query.input)) || query.input })
    return query
  }

  // --- The order of the pages found --------------------------------------------

  // Words that a reader would take for the same: "licence" and "licences", "needle" and "needling".
  function alike(a, b) {
    if (a === b) return true
    if (b.startsWith(a)) return a.length > 3 || /^(s|es|d|ed|ing|n|ner|ting|ning)$/.test(b.slice(a.length))
    var size = Math.min(a.length, b.length)
    return size > 4 && Math.abs(a.length - b.length) < 4 && a.slice(0, size - 1) === b.slice(0, size - 1)
  }

  // Each part of the query as alternatives: [{ words: [[forms], ...], weight }].
  function alternatives(part) {
    var all = part.own.length ? [{ words: part.own, weight: 1 }] : []
    var less = part.own.length ? OTHER : 1
    part.site.forEach(function (phrase, n) { all.push({ words: phrase, weight: less * (1 - 0.15 * n) }) })
    return all.map(function (each) {
      var same = each.words.map(function (word) {
        var all = Array.from(site.keys()).filter(function (other) { return alike(word, other) })
        return { word: word, all: all }
      })
      return { same: same, rare: same.map(rarity), weight: each.weight }
    })
  }

  // Tells the reader which words stand for which: "siatica → sciatica".
  function show(parts) {
    var list = document.querySelector(".md-search-result__list")
    if (!list) return
    var line = document.querySelector(".search-understood")
    if (!line) {
      line = document.createElement("p")
      line.className = "search-understood"
      line.setAttribute("role", "status")
      list.before(line)
    }
    var swaps = parts.filter(function (part) { return part.site.length || part.instead })
    var text = swaps.map(function (part) {
      var first = part.site.length ? part.site[0] : part.own
      return part.said + " → " + first.map(function (word) { return forms(word)[0] }).join(" ")
    })
    text = text.filter(function (swap) { return swap.split(" → ")[0] !== swap.split(" → ")[1] })
    if (line.textContent !== text.join(", ")) line.textContent = text.join(", ")
  }

  function rarity(same) {
    var having = 0
    pages.forEach(function (page) { having += same.all.some(function (w) { return page.said.has(w) }) })
    return Math.log(1 + pages.size / (1 + having))
  }

  function strength(same, page) {
    var best = 0, count = 0
    same.all.forEach(function (word) {
      var found = page.said.get(word)
      if (!found) return
      best = Math.max(best, found.best * (word === same.word ? 1 : ALIKE))
      count += found.count
    })
    return best ? best + 0.6 * Math.log(count) : 0
  }

  // The page's own worth, or a little for a word in the title of its leaflet.
  function worth(each, page) {
    var sum = 0
    for (var n = 0; n < each.same.length; n++) {
      var same = each.same[n], own = strength(same, page)
      var landing = pages.get(page.folder + "index.html")
      if (!own && landing && page.folder && same.all.some(function (w) { return landing.title.includes(w) }))
        own = NEARBY
      if (!own) return 0
      sum += own * each.rare[n]
    }
    return (sum / each.same.length) * each.weight
  }

  // The most parts of the query that one section of a page speaks of, as a share of them.
  function together(group, wanted) {
    var most = 0
    group.forEach(function (place) {
      var said = new Set(words((place.title || "") + " " + (place.text || "").replace(/<[^>]*>/g, " ")))
      var met = wanted.filter(function (all) { return says(all, said) })
      most = Math.max(most, met.length / wanted.length)
    })
    return most
  }

  // The share of the parts of the query that the title of a page's leaflet has.
  function subject(page, wanted) {
    var landing = page.folder && pages.get(page.folder + "index.html")
    if (!landing || landing === page) return 0
    var title = new Set(landing.title)
    return wanted.filter(function (all) { return says(all, title) }).length / wanted.length
  }

  // Whether some words have one of the alternatives for a part of the query.
  function says(all, said) {
    return all.some(function (each) {
      return each.same.every(function (same) { return same.all.some(function (word) { return said.has(word) }) })
    })
  }

  function ordered(groups, parts) {
    var wanted = parts.map(alternatives).filter(function (all) { return all.length })
    if (!wanted.length) return groups
    function score(group) {
      var page = pages.get(group[0].location.split("#")[0])
      if (!page) return 0
      var sum = 0, met = 0
      wanted.forEach(function (all) {
        var found = all.map(function (each) { return worth(each, page) }).sort(function (a, b) { return b - a })
        if (!found[0]) return
        met += 1
        sum += found[0] + 0.3 * ((found[1] || 0) + (found[2] || 0))
      })
      var landing = page.folder && pages.get(page.folder + "index.html") === page
      var first = !landing ? 1 : about ? ABOUT : wanted.length > 1 ? LANDING : 1
      var more = (1 + TOGETHER * together(group, wanted)) * (1 + SUBJECT * subject(page, wanted))
      return sum * Math.pow(met / wanted.length, 2) * more * first * page.boost
    }
    return groups
      .map(function (group, at) { return { group: group, at: at, score: score(group) } })
      .sort(function (a, b) { return b.score - a.score || a.at - b.at })
      .map(function (each) { return each.group })
  }

  // --- What search.js uses ---------------------------------------------------

  var data = window.clinicpressWords
  if (data) {
    given.stop = new Set(data.stop)
    given.right = new Set(data.everyday.split(" ")) // spelled right, whatever a site has like them
    data.words.forEach(function (row) {
      words(row[1]).forEach(function (word) { given.right.add(word) })
      row[0].split("|").forEach(function (phrase) {
        alsoSingular(phrase).forEach(function (said) {
          if (said !== phrase && given.meant.has(said)) return
          var before = given.meant.get(said) || []
          given.meant.set(said, before.concat(row[1].split("|")))
          given.longest = Math.max(given.longest, said.split(" ").length)
        })
      })
    })
  }

  window.clinicpressSearch = {
    // Reads the index as the worker gets it: `docs` of Material, `items` of Zensical.
    learn: function (index, done) {
      site.clear()
      pages.clear()
      places = []
      byPlace = !index.docs
      read(index.docs || index.items || [], 0, done)
    },
    // Returns what to ask the worker for what the reader typed.
    ask: function (query) {
      var better = translated(query)
      asked = better === query ? null : understood(typed(query))
      about = WHAT_IS.test(plain(typed(query) || "").trim())
      return better
    },
    // Puts the worker's answer in order, where it is Material's: groups of places, one of a page.
    answer: function (items) {
      if (!Array.isArray(items) || !items.every(Array.isArray)) return items
      show(asked || [])
      if (!asked) return items
      // Words that stand for a reader's are not "missing" where a page has others of them.
      items.forEach(function (group) { group.forEach(function (place) { place.terms = {} }) })
      return ordered(items, asked)
    },
  }
})()

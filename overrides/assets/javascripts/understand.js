/*
 * Finds pages in a patient's own words.
 *
 * Puts the site's words beside a reader's: "siatica" is looked for as "sciatica", "bum" as "buttock",
 * and words that say nothing ("is my ...") are left out; then orders the pages found by how well they
 * answer. It looks things up in the site's own index and in assets/search-words.js, which Clinicpress
 * makes; nothing is sent anywhere. Loaded by search.js once a reader turns to the search; without it
 * the search works word by word.
 */
;(function () {
  "use strict"

  var CHAINED = 2 // meanings of a phrase that lead on to another language, as in vocabulary.py
  var MOST = 4 // phrases of the site that stand for one of the reader's
  var TITLE = 3, HEADING = 1.5, ABOVE = 0.7 // what a word counts by where it stands
  var K = 1.5, LONG = 0.4 // of BM25: how soon more of a word counts no more, and how long texts pay
  var RARE = 0.7 // how much more rare words count than BM25 has it
  var PAGE = 0.6, LEAFLET = 0.7 // what the page and its leaflet count beside the best section
  var LESS = 0.85 // each further phrase that stands for the reader's
  var SECOND = 0.3 // what the second and third best phrase add
  var BEYOND = 0.6 // a phrase of another language
  var FOREIGN = 0.34 // a leaflet in another language than the query's
  var ALARM = 1.7 // a page of emergencies, where the query is one
  var STRANGE = 0.75 // a leaflet, where another is named
  var FULL = 1.4 // a page whose whole title was asked for
  var CONTEXT = 0.3 // of what a page says of the subject of its leaflet: all its pages are about that
  var LANDING = 0.85 // a leaflet's first page touches on everything; its sections say more
  var ABOUT = 2 // unless the reader asks what a thing is
  var MISSING = 1.5 // how much less counts what meets only some of the query
  var WHAT_IS = /^(whats|what( is| are)|que (es|son)|c est quoi|qu est ce que?( c est)?) | (meaning|significado)$/
  // Said within a phrase, it changes nothing: "does it actually work".
  var CANT = / (cannot|can not|couldnt|could not|unable to|not able to) /g
  var FILLER = /^(actually|really|even|just|ever|please|realmente|vraiment)$/
  var ENDING = /^(s|es|d|ed|ing|n|ner|ting|ning|ness)$/
  var ENDINGS = /(ings?|ions?|e[ds]|ly|[aeo]s?|[ai]r(me|se)?|er(me|se)|[ai]d[ao]s?|[ai]ndo|iendo|ent|ez|s|y)$/

  var home = new URL("../../", document.currentScript ? document.currentScript.src : location.href)
  var tongues = {} // by language: { stop, right: words spelled right, meant: phrase -> phrases }
  var longest = 1 // words in the longest phrase
  var site = new Map() // the site's words: plain letters -> { forms, at: section -> how much of it }
  var same = new Map() // a word -> the site's words like it
  var sections = [] // { page, size: its words }
  var pages = new Map() // address -> { leaflet, title, size, boost }
  var leaflets = new Map() // folder -> { title, size, heard: language -> how many of its small words }
  var asked = null // what was asked last: { parts, about, tongue, alarm }

  // --- Words -----------------------------------------------------------------

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().replace(/œ/g, "oe")
  }

  // French puts its articles before an apostrophe: "l'aiguille", "j'ai".
  var ELIDED = /(?<!\p{L})([cdjlmnst]|qu)['’](?=\p{L}{2})/giu

  function words(text) {
    return plain(text.replace(ELIDED, "$1 ")).match(/[\p{L}\p{N}]+/gu) || []
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
    var folder = address.replace(/[^/]*$/, "")
    var page = pages.get(address), first = !page
    if (first) {
      page = { leaflet: null, title: words(item.title || ""), size: 0, boost: item.boost || 1 }
      page.alarm = (item.tags || []).includes("emergency")
      page.landing = folder && address === folder + "index.html"
      if (folder) page.leaflet = leaflets.get(folder) || { title: [], size: 0, heard: {} }
      if (folder) leaflets.set(folder, page.leaflet)
      if (page.landing) {
        page.leaflet.title = page.title
        page.leaflet.name = item.title
      }
      pages.set(address, page)
    }
    var section = { page: page, size: 0 }
    sections.push(section)
    note(item.title || "", section, first ? TITLE : HEADING)
    note(item.text || "", section, 0)
    if (!first) for (var word of page.title) count(word, section, ABOVE)
  }

  function smallWord(word) {
    return Object.values(tongues).some(function (each) { return each.stop.has(word) })
  }

  function note(text, section, top) {
    var heard = section.page.leaflet ? section.page.leaflet.heard : {}
    for (var form of text.replace(/<[^>]*>/g, " ").match(/[\p{L}\p{N}'’]+/gu) || []) {
      for (var word of words(form)) {
        count(word, section, top).forms.add(form.toLowerCase().replace(/(?<=\p{L}{3})['’].*/u, ""))
        for (var name in tongues) if (tongues[name].stop.has(word)) heard[name] = (heard[name] || 0) + 1
      }
    }
  }

  function count(word, section, top) {
    var entry = site.get(word)
    if (!entry) site.set(word, (entry = { forms: new Set(), at: new Map() }))
    var here = entry.at.get(section)
    if (!here) entry.at.set(section, (here = { count: 0, top: 0 }))
    here.top = Math.max(here.top, top)
    if (top) return entry
    here.count += 1
    for (var part of [section, section.page, section.page.leaflet]) if (part) part.size += 1
    return entry
  }

  // The language of a leaflet: that which most of its small words are of; none for other pages.
  function tongueOf(leaflet) {
    var heard = leaflet ? leaflet.heard : {}
    return Object.keys(heard).find(function (name) { return heard[name] === Math.max(...Object.values(heard)) })
  }

  function isForeign(leaflet) {
    var own = tongueOf(leaflet)
    return Boolean(own) && own !== asked.tongue
  }

  function isOf(word, tongue) {
    return Array.from(site.get(word).at.keys()).some(function (section) {
      return tongueOf(section.page.leaflet) === tongue
    })
  }

  function isElsewhere(word, tongue) {
    return alike(word).some(function (other) {
      return Array.from(site.get(other).at.keys()).some(function (section) {
        return tongueOf(section.page.leaflet) !== tongue
      })
    })
  }

  // Words of the site that a reader would take for the same: "licence" and "licences", "needle" and
  // "needling"; any that begins so, where the site does not have the word itself.
  function alike(word) {
    var all = same.get(word)
    if (all) return all
    all = site.has(word) ? [word] : []
    site.forEach(function (_, other) { if (other !== word && resembles(word, other)) all.push(other) })
    same.set(word, all)
    return all
  }

  function resembles(word, other) {
    var more = other.length - word.length
    if (word.length > 2 && other.startsWith(word)) {
      if (word.length > 3 && !site.has(word)) return true
      return ENDING.test(other.slice(word.length)) || (word.length > 4 && more < 4)
    }
    var a = stem(word), b = stem(other), n = 0
    if (a === b && a.length > 2) return true
    while (n < word.length && word[n] === other[n]) n++
    return n > Math.max(5, 0.75 * Math.max(word.length, other.length) - 0.5)
  }

  // Spanish has a z before the c of some forms of a verb: "conducir", "conduzca".
  function stem(word) {
    return word.length > 4 ? word.replace(ENDINGS, "").replace(/zc$/, "c") : word.replace(/s$/, "")
  }

  function known(word) {
    return alike(word).length > 0
  }

  // --- Spelling --------------------------------------------------------------

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

  // What it costs to take a word for another: the shorter, the closer it has to be.
  function cost(word, other) {
    if (other.length < 4) return Infinity
    var short = word.length < 7
    var far = distance(word, other, short ? 1 : 2)
    var letters = word.length === other.length && [...word].sort().join() === [...other].sort().join()
    if (word.length < 5) return far === 1 && letters ? far : Infinity
    if (sound(word) === sound(other)) return short && far > 1 ? Infinity : far / 2
    if (short) return far === 1 && letters ? far : Infinity
    var first = word[0] === other[0]
    return far <= (first && word.length > 7 ? 2 : 1) ? far + (first ? 0 : 0.5) : Infinity
  }

  // The word, among the site's and the vocabulary's of a language, that the reader may have meant.
  function mended(word, tongue) {
    if (word.length < 4 || /\d/.test(word) || isRight(word, tongue)) return null
    // A word of another language stands for one of this only if it sounds the same.
    var best = null, least = spelledRight(word) ? 0.7 : Infinity
    function weigh(other, less) {
      var paid = cost(word, other) - less
      if (paid >= least) return
      least = paid
      best = other
    }
    site.forEach(function (entry, other) {
      if (cost(word, other) < least + 0.3 && (isOf(other, tongue) || tongues[tongue].right.has(other)))
        weigh(other, Math.min(entry.at.size, 10) / 40)
    })
    tongues[tongue].right.forEach(function (other) { weigh(other, 0.05) })
    return best
  }

  function spelledRight(word) {
    return Object.keys(tongues).some(function (name) { return isRight(word, name) })
  }

  function isRight(word, tongue) {
    var known = tongues[tongue]
    return known.right.has(word) || known.stop.has(word) || known.right.has(singular(word))
  }

  // --- The reader's query ----------------------------------------------------

  // The language of a query: that which has most of its words; the page's own if that says nothing.
  function tongueOfQuery(said) {
    var own = (document.documentElement.lang || "en").slice(0, 2)
    var best = null, most = -1
    for (var name in tongues) {
      var met = said.filter(function (word) {
        return isRight(word, name) || (site.has(word) && isOf(word, name))
      })
      var score = met.length + (name === own ? 0.5 : name === "en" ? 0.3 : 0)
      if (score > most) {
        most = score
        best = name
      }
    }
    return best
  }

  function singular(word) {
    return word.length > 3 ? word.replace(/(?<=[^s])s$/, "") : word
  }

  // The longest phrase of the vocabulary at a place of the query, with or without the s of its words.
  function phraseAt(typed, at, tongue) {
    for (var size = Math.min(longest, typed.length - at); size > 0; size--) {
      var own = typed.slice(at, at + size)
      for (var said of [own.join(" "), own.map(singular).join(" ")])
        if (tongues[tongue].has(said)) return { said: said, size: size }
    }
    return null
  }

  // The phrases of the site that stand for one of the vocabulary, the best first: those of the
  // language, then those of another.
  function meant(phrase, tongue) {
    var here = tongues[tongue].meant.get(phrase) || []
    var beyond = [phrase].concat(here.slice(0, CHAINED)).flatMap(function (each) {
      return tongues[tongue].over.get(each) || []
    })
    var seen = new Set([""])
    var found = onSite(here, tongue, seen), more = onSite(beyond, tongue, seen)
    more = more.filter(function (each) {
      return each.every(function (word) { return isElsewhere(word, tongue) })
    })
    more.forEach(function (each) { each.beyond = found.length || known(phrase) })
    return found.concat(more)
  }

  // Phrases without the words that say nothing, those that the site has and that were not seen yet.
  function onSite(phrases, tongue, seen) {
    var found = phrases.map(function (each) {
      return each.split(" ").filter(function (word) {
        return !tongues[tongue].stop.has(word) && !tongues.en.stop.has(word)
      })
    })
    return found.filter(function (each) {
      var said = each.join(" ")
      return !seen.has(said) && seen.add(said) && each.every(known)
    }).slice(0, MOST)
  }

  // Returns what to look for: a list of parts, { said, own: words as they are, site: [words, ...] }.
  function understood(query) {
    var text = (" " + words(query).join(" ") + " ").replace(CANT, " cant ").trim()
    var typed = text.split(" ").filter(Boolean).filter(function (word, at, all) { return all.length < 3 || !FILLER.test(word) })
    var out = [], tongue = tongueOfQuery(typed)
    var said = typed.map(function (word) { return known(word) ? word : mended(word, tongue) || word })
    for (var at = 0; at < said.length; ) {
      var phrase = phraseAt(said, at, tongue)
      var own = said.slice(at, at + (phrase ? phrase.size : 1))
      var was = typed.slice(at, at + own.length).join(" ")
      var found = phrase ? meant(phrase.said, tongue) : []
      var from = at
      at += own.length
      if (found.length) out.push({ said: was, own: own.every(kept) ? own : [], site: found })
      else own.forEach(function (word, n) {
        if (sought(word)) out.push({ said: typed[from + n], own: [word], site: [] })
      })
    }
    return { said: typed.length > 0, parts: out, about: WHAT_IS.test(typed.join(" ")), tongue: tongue, alarm: alarms(said, tongue) }

    function kept(word) {
      return sought(word) && word.length > 2 && known(word)
    }

    function sought(word) {
      return !tongues[tongue].stop.has(word) && !/^\d\d?$/.test(word)
    }
  }

  // Whether a query has a danger sign in it, as the vocabulary of its language lists them.
  function alarms(said, tongue) {
    var text = " " + said.map(singular).join(" ") + " "
    return tongues[tongue].alarm.some(function (sign) { return text.includes(" " + sign + " ") })
  }

  // The forms in which the site writes a word, the shortest first: accents matter to its index, and
  // what a word begins with ("l'aiguille").
  function forms(word) {
    var entry = site.get(word), all = entry ? Array.from(entry.forms) : []
    return all.length ? all.sort(function (a, b) { return a.length - b.length }).slice(0, 5) : [word]
  }

  // For Material's search: any word may match. The order of what it finds is made below.
  function weighted(parts) {
    var all = parts.flatMap(function (part) { return part.own.concat(part.site.flat()) })
    var out = all.flatMap(function (word) { return [word].concat(alike(word)).flatMap(forms) })
    return Array.from(new Set(out)).map(function (form) { return form + "*" }).join(" ")
  }

  // For Zensical's search, where all words have to stand in one section: those of the section that
  // answers best.
  function plainly(parts) {
    var found = answers(parts, function (section) { return section }, sections)
    var near = byTongue(found, sections, function (section) { return section.page.leaflet })
    var best = null, most = 0
    for (var section of sections) {
      var score = total(found, section, section.page.leaflet)
      score *= near(section) * (asked.alarm && section.page.alarm ? ALARM : 1)
      if (score > most) {
        most = score
        best = section
      }
    }
    var out = parts.flatMap(function (part) {
      return alternatives(part).map(function (each) { return saidIn(best, each.words) }).find(Boolean) || []
    })
    return out.map(function (word) { return forms(word)[0] }).join(" ")
  }

  // The words of a section that are like those of a phrase; null if it lacks one of them.
  function saidIn(section, phrase) {
    var out = phrase.map(function (word) {
      return alike(word).find(function (other) { return site.get(other).at.has(section) })
    })
    return out.every(Boolean) ? out : null
  }

  function translated(query) {
    if (typeof query === "string") {
      if (/["~^+:*]/.test(query)) return query // the reader knows the search's own signs
      asked = understood(query)
      return weighted(asked.parts) || query
    }
    if (!query || typeof query.input !== "string") return query
    asked = understood(query.input)
    return Object.assign({}, query, { input: plainly(asked.parts) || query.input })
  }

  // --- The order of the pages found --------------------------------------------

  // How well each section, page or leaflet answers each part of the query, by the measure known as
  // BM25: rare words count more than common ones, and the first of a kind more than the tenth.
  function answers(parts, of, all) {
    var mean = 0
    all.forEach(function (each) { mean += each.size / all.length })
    return parts.map(function (part) {
      var most = Infinity // where the reader's own word is common, others for it are no rarer
      var found = alternatives(part).map(function (each) {
        var fit = fits(each, of, all.length, mean, most)
        if (each.words === part.own && fit.rare) most = fit.rare
        return fit
      })
      var scores = new Map(), rare = 0
      found.forEach(function (fit) {
        rare = Math.max(rare, fit.rare)
        fit.scores.forEach(function (score, key) { scores.set(key, (scores.get(key) || []).concat(score)) })
      })
      scores.forEach(function (some, key) {
        some.sort(function (a, b) { return b - a })
        scores.set(key, some[0] + SECOND * ((some[1] || 0) + (some[2] || 0)))
      })
      return { scores: scores, rare: rare, named: named(part) }
    })
  }

  // The leaflets whose title has a part of the query: their pages need not say it again.
  function named(part, ownWords) {
    var phrases = alternatives(part).filter(function (each) { return !ownWords || each.words === part.own })
    return new Set(Array.from(leaflets.values()).filter(function (leaflet) {
      return phrases.some(function (each) { return inTitle(each.words, leaflet.title) })
    }))
  }

  function inTitle(phrase, title) {
    return phrase.every(function (word) {
      return alike(word).some(function (other) { return title.includes(other) })
    })
  }

  // Whether all that a page's title says was asked for: in a leaflet, in its own words.
  function askedFor(page) {
    var all = asked.parts.flatMap(function (part) {
      return (page.leaflet ? part.own : part.own.concat(part.site[0] || [])).flatMap(alike)
    })
    var title = page.title.filter(function (word) { return !smallWord(word) })
    return title.length > 0 && title.every(function (word) { return all.includes(word) })
  }

  // The phrases for a part of the query: the reader's own counts most.
  function alternatives(part) {
    var all = part.own.length ? [{ words: part.own, weight: 1 }] : []
    part.site.forEach(function (phrase, n) {
      all.push({ words: phrase, weight: phrase.beyond ? BEYOND : Math.pow(LESS, n) })
    })
    return all
  }

  // The scores for a phrase: { scores: key -> number, rare }; all of its words have to be there.
  function fits(each, of, many, mean, most) {
    var sums = null, rare = 0
    each.words.forEach(function (word) {
      var much = amounts(word, of)
      var rarity = Math.log(1 + (many - much.size + 0.5) / (much.size + 0.5))
      var weight = Math.min(most, rarity * Math.pow(rarity / Math.log(2 * many + 2), RARE))
      rare = Math.max(rare, weight)
      var before = sums
      sums = new Map()
      much.forEach(function (here, key) {
        if (before && !before.has(key)) return
        var norm = K * (1 - LONG + (LONG * key.size) / mean)
        var part = here.top + (here.count * (K + 1)) / (here.count + norm)
        sums.set(key, (before ? before.get(key) : 0) + (weight * part * each.weight) / each.words.length)
      })
    })
    return { scores: sums, rare: sums.size ? rare * each.weight : 0 }
  }

  // How much of a word, in all its forms, there is in each section, page or leaflet.
  function amounts(word, of) {
    var out = new Map()
    alike(word).forEach(function (other) {
      site.get(other).at.forEach(function (found, section) {
        var key = of(section)
        if (!key) return
        var here = out.get(key) || { count: 0, top: 0 }
        out.set(key, { count: here.count + found.count, top: Math.max(here.top, found.top) })
      })
    })
    return out
  }

  // How much a section or page counts by its language: the less, the more parts of the query one in
  // the query's own language answers.
  function byTongue(found, all, leafletOf) {
    function met(each) {
      return found.reduce(function (sum, part) {
        return sum + (part.scores.has(each) || part.named.has(leafletOf(each)) ? part.rare : 0)
      }, 0)
    }
    var own = all.filter(function (each) { return leafletOf(each) && !isForeign(leafletOf(each)) })
    var most = own.reduce(function (sum, each) { return Math.max(sum, met(each)) }, 0)
    return function (each) {
      var share = isForeign(leafletOf(each)) && met(each) ? Math.min(1, most / met(each)) : 0
      return Math.pow(FOREIGN, share * share)
    }
  }

  // The sum over the parts of a query; what meets less than all of them counts less.
  function total(answers, key, leaflet) {
    var sum = 0, met = 0, all = 0
    answers.forEach(function (part) {
      var score = part.scores.get(key) || 0
      var context = leaflet && part.named.has(leaflet)
      sum += context ? CONTEXT * score + part.rare : score
      all += part.rare
      if (score || context) met += part.rare
    })
    return all ? sum * Math.pow(met / all, MISSING) : 0
  }

  function ordered(groups) {
    var byPage = new Map(groups.map(function (group, at) {
      return [pages.get(group[0].location.split("#")[0]), { group: group, at: at, best: 0 }]
    }))
    var inSection = answers(asked.parts, function (place) { return place }, sections)
    var inPage = answers(asked.parts, function (place) { return place.page }, [...pages.values()])
    var near = byTongue(inPage, [...pages.values()], function (page) { return page.leaflet })
    var inLeaflet = answers(asked.parts, function (place) { return place.page.leaflet }, [...leaflets.values()])
    sections.forEach(function (section) {
      var each = byPage.get(section.page)
      if (each) each.best = Math.max(each.best, total(inSection, section, section.page.leaflet))
    })
    var byName = new Set(asked.parts.flatMap(function (part) { return [...named(part, true)] }))
    byPage.forEach(function (each, page) {
      if (!page) return (each.score = 0)
      var sum = each.best + PAGE * total(inPage, page, page.leaflet)
      sum += LEAFLET * total(inLeaflet, page.leaflet)
      var first = !page.landing ? 1 : asked.about ? ABOUT : asked.parts.length > 1 ? LANDING : 1
      if (!page.landing && askedFor(page)) sum *= FULL
      sum *= near(page) * (asked.alarm && page.alarm ? ALARM : 1)
      if (byName.size && !byName.has(page.leaflet)) sum *= STRANGE
      each.score = sum * first * page.boost
    })
    return Array.from(byPage.values())
      .sort(function (a, b) { return b.score - a.score || a.at - b.at })
      .map(function (each) { return each.group })
  }

  var NOTHING = {
    en: ["Nothing was found. Try one plain word, such as “pain”.", "Get help now", "All leaflets"],
    es: ["No se ha encontrado nada. Pruebe con una sola palabra, como «dolor».", "Pedir ayuda ahora", "Todos los folletos"],
    fr: ["Rien n’a été trouvé. Essayez un seul mot simple, comme « douleur ».", "Demander de l’aide tout de suite", "Toutes les brochures"],
  }

  // Where nothing is found a reader still has a way on.
  function offer(nothing) {
    var list = document.querySelector(".md-search-result__list")
    if (!list) return
    var line = document.querySelector(".search-nothing")
    if (line && !nothing) line.remove() // or the arrow keys would go to its links
    if (line || !nothing) return
    line = document.createElement("p")
    line.className = "search-nothing"
    var said = NOTHING[(document.documentElement.lang || "en").slice(0, 2)] || NOTHING.en
    if (said === NOTHING.en) line.lang = "en" // on a page in another language too
    line.append(said[0])
    for (var at of [1, 2]) {
      var link = document.createElement("a")
      link.href = new URL("index.html" + ["", "#help", "#leaflets"][at], home)
      link.textContent = said[at]
      line.append(document.createElement("br"), link)
    }
    list.before(line)
  }

  // Under the title of a page found stands its leaflet's: two may have pages of one name.
  function withLeaflet(group) {
    var page = pages.get(group[0].location.split("#")[0])
    if (!page || page.landing || !page.leaflet || !page.leaflet.name) return
    var first = group.find(function (place) { return !place.location.includes("#") }) || group[0]
    if (!first.title.includes("search-leaflet")) first.title += ' <span class="search-leaflet">' + page.leaflet.name + "</span>"
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
    var text = swaps(parts).join(", ")
    if (line.textContent !== text) line.textContent = text
  }

  function swaps(parts) {
    return parts
      .filter(function (part) { return part.site.length ? !part.site[0].beyond : known(part.own[0]) })
      .map(function (part) {
        var meant = (part.site[0] || part.own).map(function (word) { return forms(word)[0] }).join(" ")
        return meant === part.said ? "" : part.said + " → " + meant
      })
      .filter(Boolean)
  }

  // --- What search.js uses ---------------------------------------------------

  // Reads the vocabulary: what a phrase means in its own language, and over in another.
  function tongue(name, given) {
    var stop = new Set(given.stop.split(" ")), right = new Set(given.everyday.split(" "))
    var alarm = (given.alarm || "").split("|").filter(Boolean).map(function (sign) {
      return sign.split(" ").map(singular).join(" ")
    })
    var made = { stop: stop, right: right, alarm: alarm, meant: new Map(), over: new Map() }
    made.has = function (phrase) { return made.meant.has(phrase) || made.over.has(phrase) }
    tongues[name] = made
    rows(data.own).concat(rows(given.words)).forEach(function (row) {
      words(row.join("|")).forEach(function (word) { right.add(word) })
      enter(made.meant, row[0], row[1])
    })
  }

  function rows(lines) {
    return lines ? lines.split("\n").map(function (line) { return line.split("=") }) : []
  }

  function enter(map, from, to) {
    from.split("|").forEach(function (phrase) {
      for (var said of new Set([phrase, phrase.split(" ").map(singular).join(" ")])) {
        if (said !== phrase && map.has(said)) continue
        map.set(said, (map.get(said) || []).concat(to.split("|")))
        longest = Math.max(longest, said.split(" ").length)
      }
    })
  }

  function bridge(name, lines) {
    rows(lines).forEach(function (row) {
      words(row[0]).forEach(function (word) { tongues[name].right.add(word) })
      enter(tongues[name].over, row[0], row[1])
      var back = row[0].split("|").flatMap(function (said) {
        return [said].concat((tongues[name].meant.get(said) || []).slice(0, CHAINED))
      })
      var from = row[1].split("|").slice(0, CHAINED)
      enter(tongues.en.over, from.filter(function (each) { return !tongues.en.stop.has(each) }).join("|"), back.join("|"))
    })
  }

  var none = { own: "", languages: { en: { stop: "", everyday: "", words: "" } }, bridges: {} }
  var data = window.clinicpressWords || none
  for (var name in data.languages) tongue(name, data.languages[name])
  for (name in data.bridges) bridge(name, data.bridges[name])

  window.clinicpressSearch = {
    // Reads the index as the worker gets it: `docs` of Material, `items` of Zensical.
    learn: function (index, done) {
      for (var each of [site, pages, leaflets, same]) each.clear()
      sections = []
      read(index.docs || index.items || [], 0, function () {
        same.clear()
        done()
      })
    },
    // Returns what to ask the worker for what the reader typed.
    ask: function (query) {
      asked = null
      return translated(query)
    },
    // Puts the worker's answer in order, where it is Material's: groups of places, one of a page.
    answer: function (items) {
      if (!Array.isArray(items) || !items.every(Array.isArray)) return items
      show(asked ? asked.parts : [])
      offer(asked && asked.said && !items.length)
      if (!asked) return items
      items.forEach(withLeaflet)
      // Words that stand for a reader's are not "missing" where a page has others of them.
      items.forEach(function (group) { group.forEach(function (place) { place.terms = {} }) })
      return ordered(items)
    },
  }
})()

/*
 * Asks for the search only when a reader turns to it, and lets it be understood by understand.js.
 *
 * The search of every engine runs in a worker. This stands between the page and the worker, and
 * comes before the theme's own script, which starts both with every page.
 */
;(function () {
  "use strict"

  var SETUP = 0, QUERY = 2, RESULT = 3 // the kinds of message, in Material and in Zensical
  var here = document.currentScript.src
  var Stock = window.Worker
  var turn, mind, worker, index, last // understand.js; the worker, its index, the reader's last query

  var asked = new Promise(function (resolve) {
    turn = resolve
    function turned(event) {
      var at = event.target
      if (at.matches && at.matches(".md-search *, .md-search, #__search, [for=__search]")) resolve()
    }
    for (var kind of ["focusin", "change", "pointerover"])
      document.addEventListener(kind, turned, true)
  })

  // Material's search looks at what was typed when a key goes up; pasting and dictation have no keys.
  document.addEventListener("input", function (event) {
    if (!event.target.matches || !event.target.matches(".md-search__input")) return
    setTimeout(function () { event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })) })
  })

  function script(address) {
    return new Promise(function (resolve) {
      var element = document.createElement("script")
      element.src = new URL(address, here)
      element.onload = element.onerror = resolve
      document.head.append(element)
    })
  }

  // From a file there are no workers: iframe-worker.js has a stand-in.
  function kind() {
    if (location.protocol !== "file:") return Promise.resolve(Stock)
    return (window.IFrameWorker ? Promise.resolve() : script("iframe-worker.js")).then(function () {
      return window.IFrameWorker
    })
  }

  // Reads the index, and asks again what was asked before that was done.
  function learn() {
    if (!mind || !index) return
    mind.learn(index, function () {
      if (last) worker.postMessage(last)
    })
  }

  asked.then(function () { return script("search-keys.js") })
  asked
    .then(function () { return script("../search-words.js") })
    .then(function () { return script("understand.js") })
    .then(function () {
      mind = window.clinicpressSearch
      learn()
    })

  window.Worker = class extends EventTarget {
    constructor(address, options) {
      super()
      var self = this
      var wait = document.querySelector(".md-search__input") ? asked : Promise.resolve()
      this.started = wait.then(kind).then(function (Kind) {
        if (self.gone) return { postMessage: function () {}, terminate: function () {} }
        var inner = new Kind(address, options)
        inner.onmessage = function (event) {
          self.tell(new MessageEvent("message", { data: self.received(event.data) }))
        }
        inner.onerror = function (event) {
          self.tell(new ErrorEvent("error", { message: event.message, error: event.error }))
        }
        return inner
      })
    }

    tell(event) {
      this.dispatchEvent(event)
      if (this["on" + event.type]) this["on" + event.type](event)
    }

    received(message) {
      if (mind && message && message.type === RESULT && message.data && message.data.items)
        message.data.items = mind.answer(message.data.items)
      return message
    }

    postMessage(message) {
      if (message && message.type === SETUP) {
        worker = this
        index = message.data || {}
        learn()
      } else if (message && message.type === QUERY) {
        last = message
        if (message.data && (message.data.length || message.data.input)) turn() // in Zensical
        if (mind) message = Object.assign({}, message, { data: mind.ask(message.data) })
      }
      this.started.then(function (inner) { inner.postMessage(message) })
    }

    terminate() {
      this.gone = true
      this.started.then(function (inner) { inner.terminate() })
    }
  }

  // The index of Material's search is asked for by the page, and not by the worker.
  var open = XMLHttpRequest.prototype.open, send = XMLHttpRequest.prototype.send
  var indexes = new WeakSet()
  XMLHttpRequest.prototype.open = function (method, url) {
    if (/\/search\/search_index\.json$/.test(url)) indexes.add(this)
    return open.apply(this, arguments)
  }
  XMLHttpRequest.prototype.send = function () {
    var self = this, sent = arguments
    if (!indexes.has(this)) return send.apply(this, sent)
    asked.then(function () { send.apply(self, sent) })
  }
})()

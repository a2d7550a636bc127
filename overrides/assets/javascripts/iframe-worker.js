// Search without a server. A browser starts no worker from a file, so on a page opened as a file the
// worker's script runs in a hidden frame. No script is written into a page, which its content
// security policy would forbid. Material's worker looks for the name IFrameWorker.
"use strict"
if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.append(this.frame)
      const inner = this.frame.contentWindow
      // Otherwise a browser may put another empty page into the frame a moment later.
      inner.document.open()
      inner.document.write("<!doctype html><title>Search</title><body></body>")
      inner.document.close()
      const load = (source) =>
        new Promise((done, failed) => {
          const script = inner.document.createElement("script")
          script.src = source
          script.onload = done
          script.onerror = failed
          inner.document.body.append(script)
        })
      inner.postMessage = (data) => this.tell("message", data)
      inner.importScripts = (...sources) =>
        sources.reduce((before, source) => before.then(() => load(source)), Promise.resolve())
      this.loaded = load(url)
      this.loaded.catch(() => this.tell("error"))
    }
    tell(type, data) {
      setTimeout(() => {
        const event = new MessageEvent(type, { data })
        this.dispatchEvent(event)
        if (this[`on${type}`]) this[`on${type}`](event)
      })
    }
    postMessage(data) {
      const copy = structuredClone(data)
      this.loaded.then(() =>
        this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data: copy })),
      )
    }
    terminate() {
      this.frame.remove()
    }
  }
}

/* Clinicpress: loaded in the head, so that it is done before the page is painted and before the
   theme's own script runs. Nothing here is needed to read a page. */
"use strict";

/* ---- Light or dark: as the device asks, from the first moment; kept once the reader chooses ---- */
(() => {
  const paint = (form) => {
    const options = [...form.querySelectorAll("[data-md-color-media]")]
    const option = (media) => options.find((each) => each.dataset.mdColorMedia === media)
    if (!option("(prefers-color-scheme)")) return
    const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
    const asked = option(`(prefers-color-scheme: ${scheme})`)
    for (const part of asked ? ["Scheme", "Primary", "Accent"] : []) {
      document.body.dataset[`mdColor${part}`] = asked.dataset[`mdColor${part}`]
    }
  }
  /* The theme's own script stands right behind the form, and puts a kept choice in place. */
  const watch = new MutationObserver(() => {
    const form = document.querySelector("[data-md-component=palette] label")?.form
      ?? document.querySelector("[data-md-component=palette]")
    if (form?.querySelector("label:last-child")) {
      watch.disconnect()
      paint(form)
    }
  })
  watch.observe(document.documentElement, { childList: true, subtree: true })
  document.addEventListener("DOMContentLoaded", () => watch.disconnect())

  let chosen = false
  const choose = (event) => { chosen ||= event.isTrusted && !!event.target.closest("[data-md-component=palette]") }
  for (const kind of ["click", "keydown"]) document.addEventListener(kind, choose, true)
  const keep = window.__md_set
  if (keep) window.__md_set = (key, ...rest) => { if (key !== "__palette" || chosen) keep(key, ...rest) }
})();

/* ---- Search: its program and its index are asked for when the reader turns to it ---- */
(() => {
  const shim = new URL("iframe-worker.js", document.currentScript.src).href
  const Native = window.Worker
  let turned
  const asked = new Promise((resolve) => { turned = resolve })
  const turn = ({ target }) => { if (target.matches?.(".md-search *, .md-search, #__search, [for=__search]")) turned() }
  for (const kind of ["focusin", "change", "pointerover"]) document.addEventListener(kind, turn, true)

  /* From a file there are no workers; the theme's own stand-in, in a frame, is loaded then. */
  const loaded = () => new Promise((resolve) => {
    if (location.protocol !== "file:") return resolve(Native)
    if (window.IFrameWorker) return resolve(window.IFrameWorker)
    const script = document.createElement("script")
    script.src = shim
    script.onload = () => resolve(window.IFrameWorker)
    document.head.append(script)
  })
  const wait = () => (document.querySelector(".md-search__input") ? asked : Promise.resolve())

  class Later extends EventTarget {
    constructor(...given) {
      super()
      this.started = wait().then(loaded).then((Kind) => {
        const worker = this.gone ? { postMessage() {}, terminate() {} } : new Kind(...given)
        worker.onmessage = ({ data }) => this.tell(new MessageEvent("message", { data }))
        worker.onerror = (event) => this.tell(new ErrorEvent("error", { message: event.message, error: event.error }))
        return worker
      })
    }
    tell(event) {
      this.dispatchEvent(event)
      this[`on${event.type}`]?.(event)
    }
    postMessage(...given) { this.started.then((worker) => worker.postMessage(...given)) }
    terminate() {
      this.gone = true
      this.started.then((worker) => worker.terminate())
    }
  }
  window.Worker = Later

  const { open, send } = XMLHttpRequest.prototype
  const indexes = new WeakSet()
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (/\/search\/search_index\.json$/.test(url)) indexes.add(this)
    return open.call(this, method, url, ...rest)
  }
  XMLHttpRequest.prototype.send = function (...given) {
    if (!indexes.has(this)) return send.apply(this, given)
    asked.then(() => send.apply(this, given))
  }
})();

/* ---- Names and keys where the theme has none ---- */
document.addEventListener("DOMContentLoaded", () => {
  const drawer = document.getElementById("__drawer")
  const menu = document.querySelector(".md-nav--primary")
  const rest = document.querySelectorAll(".md-content, .md-footer, .md-search, .md-sidebar--secondary")

  /* The theme's menu button is a bare label, which no keyboard reaches. */
  for (const label of document.querySelectorAll("label.md-header__button[for=__drawer]")) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = `${label.className} clinic-menu`
    button.setAttribute("aria-label", { es: "Menú" }[document.documentElement.lang.slice(0, 2)] ?? "Menu")
    button.append(...label.childNodes)
    label.replaceWith(button)
    const show = () => {
      button.setAttribute("aria-expanded", drawer.checked)
      for (const part of rest) part.inert = drawer.checked
    }
    button.addEventListener("click", () => {
      drawer.click()
      if (!drawer.checked) return
      menu?.querySelector("ul a")?.focus({ preventScroll: true })
      menu?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" })
    })
    drawer.addEventListener("change", show)
    addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !drawer.checked) return
      drawer.click()
      button.focus()
    })
    /* A browser may bring back an open menu with the page, or the page may grow too wide for one. */
    const close = () => { if (drawer.checked) drawer.click() }
    addEventListener("pageshow", close)
    matchMedia("(min-width: 76.25em)").addEventListener("change", close)
    show()
  }

  /* A notice's title is a heading below the one that it stands under. */
  let level = 1
  for (const title of document.querySelectorAll(".md-content :is(h1, h2, h3, h4, h5, h6, .admonition-title)")) {
    if (/^H\d$/.test(title.tagName)) level = +title.tagName[1]
    else {
      title.setAttribute("role", "heading")
      title.setAttribute("aria-level", Math.min(level + 1, 6))
    }
  }
})

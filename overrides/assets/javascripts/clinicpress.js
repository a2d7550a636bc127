// Runs in the head of every page, before anything is shown. It does what Material's scripts within
// the page did, so that the content security policy can forbid any script that is not a file.
"use strict"
{
  document.documentElement.classList.replace("no-js", "js") // or dark pages would flash by
  const base = new URL(document.currentScript.dataset.base, location)
  if (!base.pathname.endsWith("/")) base.pathname += "/"
  const FRAME = "clinicpress-embed"
  const embedded = window !== window.parent && window.name.startsWith(FRAME)

  // --- What Material's own script needs: what a reader chose on this site before.
  const get = (key, storage, scope = base) => {
    try {
      return JSON.parse((storage || localStorage).getItem(`${scope.pathname}.${key}`))
    } catch {
      return null // a browser may forbid to keep anything
    }
  }
  const set = (key, value, storage, scope = base) => {
    try {
      ;(storage || localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value))
    } catch {}
  }
  window.__md_scope = base
  window.__md_hash = (text) => [...text].reduce((sum, sign) => (sum << 5) - sum + sign.charCodeAt(0), 0)
  window.__md_get = embedded ? (key) => (key === "__palette" ? asHost() : null) : get
  // Material keeps a choice of colors that nobody made: only the reader's own is kept.
  let chosen = false
  const choose = ({ isTrusted, target }) => {
    chosen ||= isTrusted && !!target.closest("[data-md-component=palette]")
  }
  for (const kind of ["click", "keydown"]) document.addEventListener(kind, choose, true)
  const keep = (key, ...rest) => {
    if (key !== "__palette" || chosen) set(key, ...rest)
  }
  window.__md_set = embedded ? () => {} : keep

  // --- Light or dark, before the first picture of the page.
  const AUTO = "(prefers-color-scheme)"
  const LIGHT = "(prefers-color-scheme: light)"
  const DARK = "(prefers-color-scheme: dark)"
  const option = (media) => document.querySelector(`[data-md-color-media="${media}"]`)
  const colors = (input) =>
    Object.fromEntries(
      ["media", "scheme", "primary", "accent"].map((key) => [key, input.getAttribute(`data-md-color-${key}`)]),
    )
  // In a frame the page is as light or dark as its host says, and keeps nothing.
  const asHost = () => {
    const input = option(window.name.endsWith(" dark") ? DARK : LIGHT)
    if (!input || window.name.endsWith(" auto")) return null
    return { index: [...document.querySelectorAll("[data-md-color-media]")].indexOf(input), color: colors(input) }
  }
  const paint = () => {
    let { color } = window.__md_get("__palette") || {}
    if (color ? color.media === AUTO : option(AUTO)) {
      const input = option(matchMedia(LIGHT).matches ? LIGHT : DARK)
      color = input ? colors(input) : color
    }
    if (!color) return
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value)
  }

  // --- As soon as the header is there; at the latest with the whole page.
  const header = new MutationObserver(() => {
    if (document.querySelector("[data-md-component=container]")) ready()
  })
  const ready = () => {
    header.disconnect()
    paint()
  }
  header.observe(document.documentElement, { childList: true, subtree: true })
  addEventListener("DOMContentLoaded", () => {
    ready()
    const target = document.getElementById(location.hash.slice(1))
    if (target && target.name) target.checked = target.name.startsWith("__tabbed_")
  })

  document.documentElement.setAttribute("data-platform", navigator.platform)

  // --- Tables have a script of their own, where there are any.
  addEventListener("DOMContentLoaded", () => {
    if (!document.querySelector(".md-content table:not([class])")) return
    const script = document.createElement("script")
    script.src = new URL("assets/javascripts/tables.js", base)
    document.head.append(script)
  })

  // --- In a frame of another website (embed.js there made it): the leaflet alone, as high as it is.
  if (embedded) {
    let host = ""
    const tell = (more) => {
      if (!host || !document.body) return
      const { height } = document.body.getBoundingClientRect()
      const heading = document.querySelector("h1")
      const title = heading && heading.firstChild ? heading.firstChild.textContent.trim() : document.title
      window.parent.postMessage({ clinicpress: { height: Math.ceil(height), title, ...more } }, host)
    }
    // Where the address names a place within the page, only the page around can go there.
    const tellPlace = (arrived) => {
      const target = document.querySelector(":target")
      tell({ arrived, at: target ? Math.floor(target.getBoundingClientRect().top + window.scrollY) : 0 })
    }
    document.documentElement.classList.add("leaflet-embedded")
    addEventListener("message", (event) => {
      if (event.source !== window.parent || !event.data || event.data.clinicpress !== "hello") return
      if (event.origin === "null") return // a page that has no address can't be answered
      host = event.origin
      tellPlace(true)
    })
    addEventListener("hashchange", () => tellPlace(false))
    addEventListener("DOMContentLoaded", () => new ResizeObserver(() => tell()).observe(document.body))
    // Pages of this site stay in the frame. What is not a page of it takes the whole window.
    addEventListener("click", ({ target }) => {
      const link = target.closest && target.closest("a[href]")
      if (!link || !/^(https?|file):$/.test(link.protocol)) return
      const stays = link.origin === location.origin && link.pathname.startsWith(base.pathname)
      if (!stays || !/(\/|\.html)$/.test(link.pathname)) link.target = "_top"
      // The same place again is no change of the address.
      else if (link.hash && link.href === location.href) tellPlace(false)
    }, true)
  }
}

// --- Names and keys where the theme has none.
addEventListener("DOMContentLoaded", () => {
  const drawer = document.getElementById("__drawer")
  const menu = document.querySelector(".md-nav--primary")
  const words = { en: "Menu", es: "Menú", fr: "Menu" }[document.documentElement.lang.slice(0, 2)] ?? menu?.ariaLabel ?? "Menu"
  const rest = document.querySelectorAll(".md-content, .md-footer, .md-search, .md-sidebar--secondary")

  /* The theme's menu button is a bare label, which no keyboard reaches. */
  for (const label of document.querySelectorAll("label.md-header__button[for=__drawer]")) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = `${label.className} clinic-menu`
    button.setAttribute("aria-label", words)
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
})

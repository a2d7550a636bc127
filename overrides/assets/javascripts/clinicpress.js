// Runs in the head of every page, before anything is shown. It does what Material's scripts within
// the page did, so that the content security policy can forbid any script that is not a file.
"use strict"
{
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
  window.__md_set = embedded ? () => {} : set

  // --- Light or dark, before the first picture of the page.
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
    if (!color) return
    if (color.media === "(prefers-color-scheme)") {
      const input = option(matchMedia(LIGHT).matches ? LIGHT : DARK)
      color = input ? colors(input) : color
    }
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value)
  }

  // --- Material's menu button is a bare label: name it, and let the keyboard reach it (the Enter
  // key is Material's own). Its search has no name either.
  const label = () => {
    const search = document.querySelector(".md-search")
    if (search) search.setAttribute("aria-label", "Search")
    for (const button of document.querySelectorAll("label.md-header__button[for=__drawer]")) {
      button.tabIndex = 0
      button.setAttribute("role", "button")
      button.setAttribute("aria-label", "Menu")
    }
  }

  // --- As soon as the header is there; at the latest with the whole page.
  const header = new MutationObserver(() => {
    if (document.querySelector("[data-md-component=container]")) ready()
  })
  const ready = () => {
    header.disconnect()
    paint()
    label()
  }
  header.observe(document.documentElement, { childList: true, subtree: true })
  addEventListener("DOMContentLoaded", () => {
    ready()
    const target = document.getElementById(location.hash.slice(1))
    if (target && target.name) target.checked = target.name.startsWith("__tabbed_")
  })

  document.documentElement.setAttribute("data-platform", navigator.platform)

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

// Shows leaflets of this site within the page of another website. That page has, where a leaflet is
// to stand, a link to it, and once, anywhere, this script:
//
//   <div class="clinicpress-leaflet">
//     <a href="https://leaflets.example/sciatica/index.html">Sciatica</a>
//   </div>
//   <script src="https://leaflets.example/assets/javascripts/embed.js" async></script>
//
// Without this script, or where the leaflet can't be shown, the link stays. Nothing is kept on the
// reader's device and nothing is asked of the page around it; guides/embed.md tells the rest.
"use strict"
{
  const site = new URL("../../", document.currentScript.src)
  const FRAME = "clinicpress-embed"
  const MESSAGE = "clinicpress"
  const SCHEMES = ["light", "dark", "auto"]

  const isOurs = (url) => url.origin === site.origin && url.pathname.startsWith(site.pathname)

  const show = (place) => {
    if (place.dataset.shown !== undefined) return
    const link = place.querySelector("a[href]")
    if (!link || !isOurs(link)) {
      console.warn(`Clinicpress: put a link to a leaflet of ${site.href} into this element.`, place)
      return
    }
    place.dataset.shown = ""
    const scheme = SCHEMES.includes(place.dataset.scheme) ? place.dataset.scheme : "light"
    const frame = document.createElement("iframe")
    frame.name = `${FRAME} ${scheme}`
    frame.title = link.textContent.trim()
    frame.referrerPolicy = "no-referrer"
    Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0" })
    frame.src = link.href
    place.append(frame)
    follow(frame, link)
  }

  // The frame tells how high its page is, what it is called, and where a reader has gone in it.
  const follow = (frame, link) => {
    let loads = 0
    frame.addEventListener("load", () => {
      loads += 1
      frame.contentWindow.postMessage({ [MESSAGE]: "hello" }, site.origin)
    })
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== site.origin) return
      const said = event.data && event.data[MESSAGE]
      if (!said || !Number.isFinite(said.height)) return
      frame.style.height = `${Math.min(Math.max(said.height, 0), 100000)}px`
      link.style.display = "none"
      if (typeof said.title === "string" && said.title) frame.title = said.title
      // The first page comes without being asked for, so it does not move the page around it.
      if (Number.isFinite(said.at) && (loads > 1 || !said.arrived)) bring(frame, said.at)
    })
  }

  // Brings a place of the frame into view: the start of another page only where it is out of it.
  // A page with a bar at its top can ask for room: .clinicpress-leaflet iframe { scroll-margin-top: 5rem }
  const bring = (frame, below) => {
    const top = frame.getBoundingClientRect().top - parseFloat(getComputedStyle(frame).scrollMarginTop)
    if (below || top < 0) scrollBy({ top: top + below, behavior: "instant" })
  }

  const all = () => document.querySelectorAll(".clinicpress-leaflet").forEach(show)
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", all)
  all()
}

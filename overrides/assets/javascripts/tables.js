// A table too wide for the page: on a desk in smaller letters, else row by row, each cell below the head
// of its column. One whose cells span others, or that has no head, stays as it is: it says that it goes
// on, and a keyboard can move it. Loaded by clinicpress.js where a page has a table.
"use strict"
{
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" }
  const byRow = (table) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim())
    const rows = [...table.querySelectorAll("tbody tr")]
    if (!heads.some(Boolean) || table.querySelector("[rowspan], [colspan], table table")) return false
    if (table.tHead.rows.length > 1 || rows.some(({ cells }) => cells.length !== heads.length)) return false
    for (const { cells } of rows) [...cells].forEach((cell, at) => (cell.dataset.head = heads[at]))
    // What stands as a block is no table to some screen readers, unless it says so.
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")])
      part.setAttribute("role", part.scope === "row" ? "rowheader" : ROLES[part.tagName])
    return true
  }
  const widths = new Map()
  const fit = (around) => {
    const table = around.querySelector("table")
    around.classList.remove("by-row", "wider", "tight")
    for (const name of ["tabindex", "role", "aria-label"]) around.removeAttribute(name)
    const fits = () => around.scrollWidth <= around.clientWidth + 1
    if (!table || fits()) return
    // Where there is room to compare, smaller letters go before row by row.
    if (around.clientWidth > 540) around.classList.add("tight")
    if (fits()) return
    around.classList.remove("tight")
    if (byRow(table)) return around.classList.add("by-row")
    around.classList.add("wider")
    around.tabIndex = 0
    around.setAttribute("role", "region")
    const heads = [...table.querySelectorAll("caption, th")].map((head) => head.textContent.trim())
    around.setAttribute("aria-label", heads.filter(Boolean).join(", ") || document.title)
  }
  const start = () => {
    for (const around of document.querySelectorAll(".md-typeset__scrollwrap")) look.observe(around)
  }
  const look = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (widths.get(target) === target.clientWidth) continue
      widths.set(target, target.clientWidth)
      fit(target)
    }
  })
  if (document.readyState === "complete") start()
  else addEventListener("load", start)
}

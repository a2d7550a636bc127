// Who leaves the search by a key stays where the search is. The theme opens it with the focus, and would
// open it at once again. Loaded by search.js once a reader turns to the search.
"use strict"
{
  const open = document.getElementById("__search")
  const field = document.querySelector(".md-search__input")
  const comeBack = () => {
    const hush = (event) => event.stopImmediatePropagation()
    document.addEventListener("focus", hush, { capture: true, once: true })
    field.focus({ preventScroll: true })
  }
  if (open && field) {
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && open.checked) setTimeout(comeBack)
    }, true)
    field.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
      const asks = key === "Enter" || key === "ArrowDown" || key === "Backspace" || key.length === 1
      if (asks && !open.checked && !ctrlKey && !metaKey && !altKey) open.click()
    })
  }
}

/*
 * Run inside a page: its faults for a person who looks at it or moves through it with the
 * keyboard, in words. https://www.w3.org/TR/WCAG22/ names the sizes and the contrast.
 */
;(() => {
  const CONTRAST = 4.5
  const TARGET_PX = 24

  const all = [...document.body.querySelectorAll('*')]
  const isShown = (element) => {
    const { width, height } = element.getBoundingClientRect()
    return element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1
  }
  const shown = all.filter(isShown)
  const nameOf = (element) => `<${element.localName}> ${wordsOf(element).slice(0, 40)}`

  function wordsOf(element) {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent
    return (label ?? element.textContent).replace(/\s+/g, ' ').trim()
  }

  function wideness() {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [`scrolls sideways by ${scrollWidth - clientWidth} px`] : []
  }

  function untranslated() {
    return document.body.textContent.match(/translation missing[^\n]*/gi) ?? []
  }

  function controls() {
    return shown.filter((element) =>
      element.matches('a[href], button, input, select, textarea, summary')
    )
  }

  function nameless() {
    return controls()
      .filter((element) => !wordsOf(element))
      .map((element) => `no name: ${element.outerHTML.slice(0, 80)}`)
  }

  /** A link within a line of text is as high as its line. */
  function small() {
    return controls()
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .filter((element) => !element.closest('label, td'))
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < TARGET_PX)
      .map(([element, { width, height }]) => `hard to hit, ${width}×${height}: ${nameOf(element)}`)
  }

  function faint() {
    return shown
      .filter(
        (element) =>
          !element.matches(':disabled, :disabled *, [aria-hidden=true], option, progress')
      )
      .filter((element) => [...element.childNodes].some(isText))
      .map((element) => [element, contrastOf(element)])
      .filter(([, contrast]) => contrast < CONTRAST)
      .map(([element, contrast]) => `contrast ${contrast.toFixed(2)}: ${nameOf(element)}`)
  }

  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

  /** What is left on a canvas when colours are painted over each other: red, green, blue. */
  function painted(colors) {
    brush.clearRect(0, 0, 1, 1)
    for (const color of colors) {
      brush.fillStyle = color
      brush.fillRect(0, 0, 1, 1)
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }

  function contrastOf(element) {
    const grounds = []
    for (let at = element; at; at = at.parentElement)
      grounds.unshift(getComputedStyle(at).backgroundColor)
    const [a, b] = [grounds, [...grounds, getComputedStyle(element).color]].map((colors) =>
      luminanceOf(painted(colors))
    )
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }

  function luminanceOf(rgb) {
    const [r, g, b] = rgb
      .map((channel) => channel / 255)
      .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }

  return [...wideness(), ...untranslated(), ...nameless(), ...small(), ...faint()]
})()

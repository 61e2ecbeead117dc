/**
 * Draws a part of the page anew every few seconds, so that figures are as young as they look. It stands
 * still in a tab that is not seen, while it has the focus, and when its switch is pressed.
 */
export function keepFresh(section) {
  const pause = document.querySelector('[data-pause-refresh]')
  const failed = document.querySelector('[data-stale]')
  const isStill = () =>
    document.hidden ||
    pause.getAttribute('aria-pressed') === 'true' ||
    section.contains(document.activeElement) ||
    // A list that is read holds still, and one that has grown would shrink.
    section.matches('[role=feed]:hover, [data-loaded] [role=feed]')

  pause.addEventListener('click', () => {
    pause.setAttribute('aria-pressed', String(pause.getAttribute('aria-pressed') !== 'true'))
  })

  async function refresh() {
    if (!isStill()) await redraw(section).then(tell, () => tell(true))
    setTimeout(refresh, Number(section.dataset.refresh) * 1000)
  }

  function tell(isStale = false) {
    failed.hidden = !isStale
  }

  setTimeout(refresh, Number(section.dataset.refresh) * 1000)
}

async function redraw(section) {
  const answer = await fetch(location.href)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const drawn = page.querySelector('[data-refresh]')
  if (!answer.ok || !drawn) throw new Error(`not refreshed: ${answer.status}`)
  section.replaceChildren(...drawn.childNodes)
  section.dispatchEvent(new CustomEvent('fresh', { detail: page }))
  section.dispatchEvent(new Event('rows', { bubbles: true }))
}

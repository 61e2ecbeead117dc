/** How far below the window older rows are fetched already. */
const AHEAD = '600px'

/** Brings older rows as the reader comes to the end of the list. The link does it without a script. */
export function loadOlder(section) {
  const list = section.querySelector('[data-rows]')
  const link = section.querySelector('[data-older]')
  if (!link) return

  const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && more(), {
    rootMargin: AHEAD,
  })
  observer.observe(link)

  async function more() {
    observer.unobserve(link)
    try {
      const page = await read(addressBehind(list.lastElementChild))
      const rows = page.querySelector('[data-rows]').children
      section.dataset.loaded = list.children.length + rows.length
      const next = page.querySelector('[data-older]')
      list.append(...rows)
      section.dispatchEvent(new Event('rows'))
      if (!next) return link.parentElement.remove()
      link.href = next.href
      observer.observe(link)
    } catch {
      // The link stays, for the reader to try.
    }
  }

  list.addEventListener('fresh', ({ detail: page }) => {
    link.href = page.querySelector('[data-older]')?.href ?? link.href
  })

  /** New rows may have pushed out what the link was made for. */
  function addressBehind(row) {
    const url = new URL(link.href)
    if (url.searchParams.has('before'))
      url.searchParams.set('before', row.dataset.launch ?? row.dataset.trade)
    return url
  }
}

async function read(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`older rows: ${answer.status}`)
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

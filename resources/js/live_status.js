/** A chain that is read later than this after its blocks is not live, in milliseconds. */
const BEHIND_MS = 10_000

/** A stream that says nothing for longer is worth a word, in milliseconds: it has a beat every two seconds. */
const SILENT_MS = 10_000

/**
 * Says how live a page is, by what has come through: `live` with the block that moves, `behind`, `silent`
 * or `lost`. A screen reader hears of it when that changes, not at each block.
 */
export function liveStatusOf(section) {
  const line = section.querySelector('[data-live-status]')
  const spoken = section.querySelector('[data-live-spoken]')
  const { lang } = document.documentElement
  let connection, head, headAt
  let heardAt = performance.now()
  let told

  function state() {
    const silentMs = performance.now() - heardAt
    if (connection === 'lost') return ['lost']
    if (silentMs > SILENT_MS) return ['silent', seconds(silentMs)]
    if (!head) return [null]
    if (head.block === undefined) return ['unread']

    const behindMs = head.behindMs + performance.now() - headAt
    if (behindMs > BEHIND_MS) return ['behind', seconds(behindMs)]
    return ['live', head.block.toLocaleString(lang)]
  }

  function show() {
    const [name, value = ''] = state()
    if (!name) return
    section.dataset.status = name
    line.textContent = line.getAttribute(`data-text-${name}`).replace('#', value)
    if (name === told) return
    if (told) spoken.textContent = line.textContent
    told = name
  }

  function seconds(ms) {
    const rounded = Math.round(ms / 1000)
    const [size, unit] =
      rounded < 120 ? [1, 'second'] : rounded < 7200 ? [60, 'minute'] : [3600, 'hour']
    const style = { style: 'unit', unit, unitDisplay: lang === 'en' ? 'narrow' : 'short' }
    return new Intl.NumberFormat(lang, style).format(Math.floor(rounded / size))
  }

  setInterval(show, 1000)

  return {
    head(news) {
      head = news
      headAt = performance.now()
      show()
    },
    heard() {
      heardAt = performance.now()
      connection = 'live'
    },
    connection(status) {
      connection = status
      if (status === 'live') heardAt = performance.now()
      show()
    },
  }
}

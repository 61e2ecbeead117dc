import { setServerTime } from './ages.js'
import { arrivalsOf } from './arrivals.js'
import { liveStatusOf } from './live_status.js'
import { readPosition } from './positions.js'
import { isWatched } from './rules.js'
import { shareStream } from './shared_stream.js'
import { showState } from './state.js'

/** The page of a token that has graduated loads itself again so long after, for it to be announced first. In milliseconds. */
const RELOAD_MS = 500

/** Follows the market: new rows, what changed on those that are there, and how far the chain is read. */
export function follow(section) {
  const { follow: since, token, kind, source, stage, currency } = section.dataset
  const status = liveStatusOf(section)
  const arrivals = arrivalsOf(section)
  const seen = readPosition(since)

  const isNew = (letter, id) => {
    const newest = readPosition(id)[letter]
    const isLater = newest > (seen[letter] ?? 0)
    if (isLater) seen[letter] = newest
    return isLater
  }

  function addLaunch(html, id) {
    if (!isNew('l', id)) return
    const row = toRow(html)
    document.dispatchEvent(new CustomEvent('launch', { detail: row }))
    if (token) return row.dataset.token === token && setTimeout(() => location.reload(), RELOAD_MS)
    if (stage === 'watched' && !isWatched(row)) return
    if ((!kind || row.dataset.kind === kind) && (!source || row.dataset.source === source)) {
      arrivals.add(row)
    }
  }

  function addTrade(html, id) {
    if (!token) return
    const row = toRow(html)
    if (row.dataset.of !== token || !isNew('t', id)) return
    document.dispatchEvent(new CustomEvent('trade', { detail: row }))
    arrivals.add(row)
  }

  function showHead(data) {
    const head = JSON.parse(data)
    setServerTime(head.now)
    status.head(head)
    showCoin(head.coin)
  }

  const takers = {
    launch: addLaunch,
    trade: addTrade,
    state: (data) => JSON.parse(data).forEach((state) => showState(state, arrivals.waiting)),
    head: showHead,
    reload: () => location.reload(),
  }
  const heard = Object.entries(takers).map(([event, take]) => [
    event,
    (data, id) => {
      status.heard()
      take(data, id)
    },
  ])
  const { lang: locale } = document.documentElement
  shareStream({ locale, currency, token, since }, Object.fromEntries(heard), status.connection)
}

/** What BNB costs, and when that was read. */
function showCoin(coin) {
  const price = document.querySelector('[data-coin]')
  if (!coin || !price) return
  price.textContent = coin.price
  document.querySelector('[data-coin-read]').dataset.age = coin.readAt
}

function toRow(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content.firstElementChild
}

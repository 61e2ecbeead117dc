import { keepStream } from './kept_stream.js'
import { distance, earlier } from './positions.js'

/** A leading tab that says nothing for so long is frozen: the first to notice takes its place. In milliseconds. */
const FROZEN_MS = 45_000

/** How often the leading tab says that it leads, in milliseconds. */
const PING_MS = 10_000

/** Tabs that open together are waited for, in milliseconds. */
const GATHER_MS = 100

/** A tab that is further behind than so many facts loads itself again, rather than all tabs being sent them. */
const FAR = 400

/** As many tokens as one stream carries. */
const MOST_TOKENS = 50

/**
 * Follows the market through one stream for all tabs of this browser: over HTTP/1.1 it has six
 * connections to a server, and a stream for each tab would leave none to load pages with. The tab that
 * holds a lock keeps the stream and hands on what comes; when it is closed, the next one follows.
 *
 * @param wish of this tab: `locale`, `currency`, the `token` whose trades it shows if any, and `since`
 * @param takers functions by the names of events, given the data and the event's id
 * @param tell called with `live` and `lost`
 */
export function shareStream({ locale, currency, token, since }, takers, tell) {
  const me = crypto.getRandomValues(new Uint32Array(2)).join('-')
  const name = `regou-live-${locale}-${currency}`
  const isAlone = !navigator.locks || !('BroadcastChannel' in window)
  const channel = isAlone ? undefined : new BroadcastChannel(name)
  const wishes = new Map([[me, { token, since }]])
  let position = since
  let stream, gathering, frozen, resign, queue

  const say = (message) => channel?.postMessage(message)

  function take(event, data, id) {
    if (id) position = id
    takers[event]?.(data, id)
  }

  // What a tab does that leads.

  function lead() {
    say({ who: true })
    gathering ??= setTimeout(open, GATHER_MS)
    const ping = setInterval(say, PING_MS, { ping: true })
    return new Promise((resolve) => {
      resign = () => {
        clearInterval(ping)
        clearTimeout(gathering)
        gathering = undefined
        stream?.stop()
        stream = resign = undefined
        resolve()
      }
    })
  }

  function open() {
    gathering = undefined
    stream?.stop()
    const places = [...wishes.values()]
    const tokens = [...new Set(places.map((place) => place.token).filter(Boolean))]
    const from = places.map((place) => place.since).reduce(earlier, position)
    const query = new URLSearchParams({ locale, currency, since: from })
    if (tokens.length > 0) query.set('tokens', tokens.slice(-MOST_TOKENS).join())
    for (const place of places) place.since = undefined

    const hand = (event) => (data, id) => {
      say({ event, data, id })
      take(event, data, id)
    }
    const events = ['launch', 'trade', 'state', 'head', 'reload'].map((event) => [
      event,
      hand(event),
    ])
    const status = (text) => {
      say({ status: text })
      tell(text)
    }
    stream = keepStream(`/live?${query}`, Object.fromEntries(events), status, {
      whileHidden: true,
    })
  }

  function welcome({ id, ...wish }) {
    if (distance(wish.since, position) > FAR) return say({ reload: id })

    const isNew = !wishes.has(id) && (wish.token || distance(wish.since, position) > 0)
    wishes.set(id, wish)
    if (isNew && stream) gathering ??= setTimeout(open, GATHER_MS)
    // One that comes in between hears at the next beat that it is live.
    else say({ status: 'live' })
  }

  // What every tab does.

  function hear({ data: message }) {
    listen()
    if (message.leave) wishes.delete(message.leave)
    if (resign) {
      if (message.join) welcome(message.join)
      if (message.hurry) stream?.hurry()
      return
    }
    if (message.who) say({ join: { id: me, token, since: position } })
    if (message.reload === me) location.reload()
    if (message.status) tell(message.status)
    if (message.event) take(message.event, message.data, message.id)
  }

  function listen() {
    clearTimeout(frozen)
    if (!resign) frozen = setTimeout(seek, FROZEN_MS, true)
  }

  /** Leads as soon as no other tab does; with `steal`, at once. */
  function seek(steal = false) {
    queue?.abort()
    queue = new AbortController()
    const { signal } = queue
    navigator.locks.request(name, steal ? { steal } : { signal }, lead).catch((error) => {
      if (signal.aborted) return
      resign?.()
      if (error.name === 'AbortError') seek()
      listen()
    })
  }

  if (isAlone) return void lead()

  channel.onmessage = hear
  say({ join: { id: me, token, since } })
  seek()
  listen()
  document.addEventListener('visibilitychange', () => say({ hurry: true }))
  addEventListener('pagehide', () => {
    say({ leave: me })
    queue.abort()
    resign?.()
    channel.close()
  })
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
}

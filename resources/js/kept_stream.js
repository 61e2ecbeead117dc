import { reopeningWait } from '../../app/feed/reopening_wait.ts'

/** A stream that has been open for so long works: the next wait is a short one again. In milliseconds. */
const STEADY_MS = 5_000

/** An interruption shorter than this is not worth a word, in milliseconds. */
const TOLD_AFTER_MS = 2_000

/** A stream that is silent for longer than two of its slowest heartbeats is dead, though neither side has closed it. In milliseconds. */
const SILENCE_MS = 40_000

/** A page that is hidden for longer gives its connection away, in milliseconds. */
const HIDDEN_MS = 60_000

/**
 * Follows a stream of server-sent events for as long as the page is open. A browser reconnects a
 * stream that was cut, but gives up at any answer other than 200, such as a proxy's 502 while the
 * application restarts. So every stream that ends is opened anew here, behind the last event.
 *
 * @param address of the stream; a `since` in it is where to begin
 * @param takers functions by the names of events, given the data and the event's id; `reload` is taken
 *   care of where there is none
 * @param tell called with `live` and `lost` when that changes
 * @param whileHidden whether it goes on in a tab that is not seen. A browser has few connections to a
 *   server: tabs that show the state of something get all of it again when they are looked at.
 */
export function keepStream(address, takers, tell, { whileHidden = false } = {}) {
  const url = new URL(address, location.href)
  let source, retry, doubt, silence, hidden
  let openedAt = Infinity
  let failures = 0

  function open() {
    close()
    source = new EventSource(url)
    heard()
    source.onopen = () => {
      openedAt = performance.now()
      clearTimeout(doubt)
      doubt = undefined
      heard()
      tell('live')
    }
    source.onerror = lose
    source.addEventListener('beat', heard)
    for (const [name, take] of Object.entries({ reload, ...takers })) {
      source.addEventListener(name, (event) => {
        heard(event)
        take(event.data, event.lastEventId)
      })
    }
  }

  function reload() {
    close()
    location.reload()
  }

  function heard({ lastEventId } = {}) {
    if (lastEventId) url.searchParams.set('since', lastEventId)
    clearTimeout(silence)
    silence = setTimeout(lose, SILENCE_MS)
  }

  function lose() {
    const wasSteady = performance.now() - openedAt > STEADY_MS
    close()
    failures = wasSteady ? 1 : failures + 1
    doubt ??= setTimeout(tell, TOLD_AFTER_MS, 'lost')
    retry = setTimeout(open, reopeningWait(failures))
  }

  function close() {
    source?.close()
    source = undefined
    openedAt = Infinity
    clearTimeout(retry)
    clearTimeout(silence)
    retry = undefined
  }

  /** The visitor looks at the page again, or the network is back: connect at once. */
  function hurry() {
    if (!source && document.visibilityState === 'visible') open()
  }

  function look() {
    clearTimeout(hidden)
    if (document.visibilityState === 'visible') hurry()
    else if (!whileHidden) hidden = setTimeout(close, HIDDEN_MS)
  }

  const gone = new AbortController()
  const { signal } = gone
  open()
  addEventListener('online', hurry, { signal })
  document.addEventListener('visibilitychange', look, { signal })
  // A connection left open would keep the page out of the browser's back cache.
  addEventListener('pagehide', close, { signal })
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload(), { signal })

  return {
    hurry,
    stop() {
      gone.abort()
      clearTimeout(doubt)
      clearTimeout(hidden)
      close()
    },
  }
}

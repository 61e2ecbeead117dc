import { reopeningWait } from '../../app/feed/reopening_wait.ts'

/** A stream that has been open for so long works: the next wait is a short one again. In milliseconds. */
const STEADY_MS = 5_000

/** An interruption shorter than this is not worth a word, in milliseconds. */
const TOLD_AFTER_MS = 2_000

/** Three heartbeats. A stream that is silent for longer is dead, though neither side has closed it. In milliseconds. */
const SILENCE_MS = 45_000

/**
 * Follows a stream of server-sent events for as long as the page is open. A browser reconnects a
 * stream that was cut, but gives up at any answer other than 200, such as a proxy's 502 while the
 * application restarts. So every stream that ends is opened anew here, behind the last event.
 *
 * @param address of the stream; a `since` in it is where to begin
 * @param takers functions by the names of events, given the data; `reload` is taken care of
 * @param tell called with `live` and `lost` when that changes
 */
export function keepStream(address, takers, tell) {
  const url = new URL(address, location.href)
  let source, retry, doubt, silence
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
    source.addEventListener('reload', () => {
      close()
      location.reload()
    })
    for (const [name, take] of Object.entries(takers)) {
      source.addEventListener(name, (event) => {
        heard(event)
        take(event.data)
      })
    }
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
    openedAt = Infinity
    clearTimeout(retry)
    clearTimeout(silence)
    retry = undefined
  }

  /** The visitor looks at the page again, or the network is back: connect at once. */
  function hurry() {
    if (retry && document.visibilityState === 'visible') open()
  }

  open()
  addEventListener('online', hurry)
  document.addEventListener('visibilitychange', hurry)
  // A connection left open would keep the page out of the browser's back cache.
  addEventListener('pagehide', close)
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
}

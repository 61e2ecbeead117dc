import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import { serverEvents } from '#delivery/listen/server_events'
import type { ServerEvent } from '#delivery/listen/server_events'

/** How long to wait before a stream that broke off is opened again, in milliseconds. */
const RECONNECT_MS = 1000

interface FollowOptions {
  clock: Clock
  signal: AbortSignal
  onOpen: () => void
  onBreak: () => void
}

/**
 * The events of a stream from now on. When it breaks off it goes on where it was.
 *
 * @throws OperatorError when the stream cannot be opened in the first place
 */
export async function* followStream(
  url: string,
  { clock, signal, onOpen, onBreak }: FollowOptions
): AsyncGenerator<ServerEvent> {
  let lastId: string | undefined
  let isFirst = true

  while (!signal.aborted) {
    try {
      const body = await open(url, lastId, signal)
      if (isFirst) {
        onOpen()
      }
      isFirst = false
      for await (const event of serverEvents(body)) {
        lastId = event.id ?? lastId
        yield event
      }
    } catch (error) {
      if (isFirst && !signal.aborted) {
        throw error
      }
    }
    if (!signal.aborted) {
      onBreak()
      await clock.sleep(RECONNECT_MS, signal)
    }
  }
}

async function open(url: string, lastId: string | undefined, signal: AbortSignal) {
  const headers = { accept: 'text/event-stream', ...(lastId && { 'last-event-id': lastId }) }
  const response = await fetch(url, { headers, signal }).catch((error: Error) => {
    const { message } = (error.cause as Error | undefined) ?? error
    throw new OperatorError(
      `Nothing answers at ${url} (${message}). Is the web application running?`
    )
  })
  if (!response.ok || !response.body) {
    throw new OperatorError(`${url} answers ${response.status}: is that a Regou?`)
  }
  return response.body
}

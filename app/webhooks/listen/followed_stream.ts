import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'

/** How long to wait before a stream that broke off is opened again, in milliseconds. */
const RECONNECT_MS = 1000

/** The token may not, or may no longer, read the stream. */
class Refused extends OperatorError {}

/** The position is of another database: the stream goes on with what is new. */
class PositionLost extends OperatorError {}

interface FollowOptions {
  /** For streams that ask for a token. */
  token?: string
  clock: Clock
  signal: AbortSignal
  onOpen: () => void
  onBreak: () => void
}

/**
 * The events of a stream from now on. When it ends or breaks off it goes on where it was.
 *
 * @throws OperatorError when the stream cannot be opened in the first place, or the token is refused
 */
export async function* followStream(
  url: string,
  { token, clock, signal, onOpen, onBreak }: FollowOptions
): AsyncGenerator<ServerEvent> {
  let lastId: string | undefined
  let isFirst = true

  while (!signal.aborted) {
    try {
      const body = await open(url, { token, lastId, signal })
      if (isFirst) {
        onOpen()
      }
      isFirst = false
      for await (const event of serverEvents(body)) {
        lastId = event.id ?? lastId
        yield event
      }
    } catch (error) {
      if (signal.aborted) {
        return
      }
      if (isFirst || error instanceof Refused) {
        throw error
      }
      if (error instanceof PositionLost) {
        lastId = undefined
      }
      onBreak()
    }
    await clock.sleep(RECONNECT_MS, signal)
  }
}

interface Opening {
  token?: string
  lastId?: string
  signal: AbortSignal
}

async function open(url: string, { token, lastId, signal }: Opening) {
  const headers = {
    accept: 'text/event-stream',
    ...(token && { authorization: `Bearer ${token}` }),
    ...(lastId && { 'last-event-id': lastId }),
  }
  const response = await fetch(url, { headers, signal }).catch((error: Error) => {
    const { message } = (error.cause as Error | undefined) ?? error
    throw new OperatorError(
      `Nothing answers at ${url} (${message}). Is the web application running?`
    )
  })
  if (response.status === 401 || response.status === 403) {
    throw new Refused(`${url} refuses the token: ${await reasonOf(response)}`)
  }
  if (response.status === 400 && lastId) {
    throw new PositionLost(`${url} does not know the position ${lastId}`)
  }
  if (!response.ok || !response.body) {
    throw new OperatorError(`${url} answers ${response.status}: is that a Regou?`)
  }
  return response.body
}

async function reasonOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null
  return body?.errors?.[0]?.message ?? `HTTP ${response.status}`
}

interface ErrorBody {
  errors?: { message: string }[]
}

/** An event of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerEvent {
  /** What to send back as `Last-Event-ID`. */
  id?: string
  event?: string
  data?: string
}

/** The events of a response, until it ends. */
async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    yield* blocks.map(parsed)
  }
}

function parsed(block: string): ServerEvent {
  const event: ServerEvent = {}
  for (const line of block.split('\n')) {
    const [, field, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? []
    if (field === 'data') {
      event.data = event.data === undefined ? value : `${event.data}\n${value}`
    } else if (field) {
      event[field as 'id' | 'event'] = value
    }
  }
  return event
}

import { Readable } from 'node:stream'

/** How often a quiet stream says that it lives, in milliseconds. Proxies cut silent ones after 30 s or more. */
const HEARTBEAT_MS = 15_000

/** How long a reader waits before it reconnects, in milliseconds. */
const RECONNECT_MS = 1000

/**
 * Characters a slow reader may leave unread before it is dropped, and all readers of this process
 * together; each may always leave some. One that is dropped resumes where it stopped.
 */
const MAX_UNREAD = 1_000_000
const MAX_UNREAD_OF_ALL = 64_000_000
const LEAST_UNREAD = 16_000

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerSentEvent {
  /** What the reader sends back as `Last-Event-ID`. Alone it only moves that mark. */
  id?: string
  event?: string
  data?: string
}

interface EventStreamOptions {
  heartbeatMs?: number
  /**
   * Whether a heartbeat is an event named `beat` instead of a comment: the script of a page is told of
   * events alone, and has to know that a quiet stream lives and how far it has come.
   */
  isHeard?: boolean
}

/** The text of a stream of server-sent events, to be piped into a response. */
export class EventStream extends Readable {
  static #open = 0
  /** Where the text goes on from here: what waits there is unread as well. */
  outlet: { readonly writableLength: number } | null = null
  readonly #heartbeat: NodeJS.Timeout
  #isOver = false

  /** @param position names how far the reader has come; asked at each heartbeat */
  constructor(
    position: () => string | undefined,
    { heartbeatMs = HEARTBEAT_MS, isHeard = false }: EventStreamOptions = {}
  ) {
    super({ encoding: 'utf8' })
    EventStream.#open++
    this.push(`retry: ${RECONNECT_MS}\n\n`)
    this.#heartbeat = setInterval(() => {
      if (isHeard) return this.send({ id: position(), event: 'beat', data: 'beat' })
      this.push(': heartbeat\n')
      this.send({ id: position() })
    }, heartbeatMs)
  }

  send(event: ServerSentEvent) {
    this.sendText(eventText(event))
  }

  /** Sends what `eventText` has made: one text for many readers is stored once. */
  sendText(text: string) {
    if (this.#isOver) return
    this.push(text)

    const share = Math.max(LEAST_UNREAD, MAX_UNREAD_OF_ALL / EventStream.#open)
    const unread = this.readableLength + (this.outlet?.writableLength ?? 0)
    if (unread > Math.min(MAX_UNREAD, share)) {
      this.destroy(new Error('The reader of an event stream fell behind'))
    }
  }

  /** Lets the reader have what was sent, then ends. */
  end() {
    if (!this.#isOver) this.push(null)
    this.#close()
  }

  _read() {}

  _destroy(error: Error | null, callback: (error: Error | null) => void) {
    this.#close()
    callback(error)
  }

  #close() {
    if (!this.#isOver) EventStream.#open--
    this.#isOver = true
    clearInterval(this.#heartbeat)
  }
}

/** An event as it is written. */
export function eventText({ id, event, data }: ServerSentEvent): string {
  const lines = data === undefined ? [] : data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`)
  if (event) lines.unshift(`event: ${event}`)
  if (id) lines.unshift(`id: ${id}`)
  return `${lines.join('\n')}\n\n`
}

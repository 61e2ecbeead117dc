/** An event as it came over the wire. */
export interface ReceivedEvent {
  id?: string
  event?: string
  data?: string
}

/** A reader of server-sent events over real HTTP. */
export class EventStreamReader {
  readonly #abort = new AbortController()
  #response?: Response
  #events?: AsyncGenerator<ReceivedEvent>

  /** Connects, and answers once the server has accepted. */
  static async open(url: string, headers: Record<string, string> = {}) {
    const reader = new EventStreamReader()
    reader.#response = await fetch(url, { headers, signal: reader.#abort.signal })
    reader.#events = readEvents(reader.#response.body!)
    return reader
  }

  get headers() {
    return this.#response!.headers
  }

  /** The next events that carry data, once there are this many. */
  async next(count: number): Promise<ReceivedEvent[]> {
    const received: ReceivedEvent[] = []
    while (received.length < count) {
      const { value, done } = await this.#events!.next()
      if (done) throw new Error(`The stream ended after ${received.length} of ${count} events`)
      if (value.data !== undefined) received.push(value)
    }
    return received
  }

  /** Everything up to the end of the stream. */
  async rest(): Promise<ReceivedEvent[]> {
    return Array.fromAsync(this.#events!)
  }

  close() {
    this.#abort.abort()
  }
}

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ReceivedEvent> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream() as never)) {
    text += chunk as unknown as string
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    yield* blocks.map(parseBlock)
  }
}

function parseBlock(block: string): ReceivedEvent {
  const event: ReceivedEvent = {}
  for (const line of block.split('\n')) {
    const [, field, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? []
    if (field === 'data' && event.data !== undefined) event.data += `\n${value}`
    else if (field) event[field as keyof ReceivedEvent] = value
  }
  return event
}

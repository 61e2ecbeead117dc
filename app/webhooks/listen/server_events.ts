/** An event of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerEvent {
  /** What to send back as `Last-Event-ID`. */
  id?: string
  event?: string
  data?: string
}

/** The events of a response, until it ends. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
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

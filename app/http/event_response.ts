import type { HttpContext } from '@adonisjs/core/http'
import { EventStream } from '#feed/event_stream'

/** Answers a request with server-sent events. */
export function answerEvents({ response }: HttpContext, stream: EventStream) {
  response.header('content-type', 'text/event-stream; charset=utf-8')
  response.header('cache-control', 'no-cache, no-transform')
  // nginx would hold events back until its buffer is full.
  response.header('x-accel-buffering', 'no')
  // A connection kept open after its stream would hold a process that is told to stop.
  response.header('connection', 'close')
  response.stream(stream)
}

/** Tells the script of a page, which waits for events, that the page has to be loaded anew. */
export function answerReload(ctx: HttpContext) {
  const stream = new EventStream(() => undefined)
  stream.send({ event: 'reload', data: 'end' })
  stream.end()
  answerEvents(ctx, stream)
}

import type { Operations } from '#openapi/operation'
import { ownStreamQuery, streamQuery } from '#validators/stream_queries'

const stream = {
  headers: {
    'Last-Event-ID':
      'Go on exactly behind this event. 400 `invalid_last_event_id`: it is none of this stream, or beyond the newest event, because the database has begun anew. After an answer that is not 200 the reader has to open the stream anew.',
  },
  mediaType: 'text/event-stream',
  failures: [400],
}

export const live: Operations = {
  '/api/v1/stream': {
    get: {
      id: 'stream_events',
      summary: 'Launches, graduations and trades as they are stored, as server-sent events',
      query: streamQuery,
      ...stream,
    },
  },
  '/api/v1/webhook/stream': {
    get: {
      id: 'stream_own_events',
      summary: 'All that an endpoint of the account could be told of, as server-sent events',
      description: 'OCR wallet records take the scope `ocr:read` as well, and the operator.',
      scope: 'webhooks:read',
      query: ownStreamQuery,
      ...stream,
    },
  },
}

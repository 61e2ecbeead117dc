import type { Operations } from '#transformers/api_description/operation'
import { ownStreamQuery, streamQuery } from '#validators/stream_queries'

const stream = {
  headers: { 'Last-Event-ID': 'Go on exactly behind this event' },
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

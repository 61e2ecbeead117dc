import type { Operations } from '#transformers/api_description/operation'
import { streamQuery } from '#validators/stream_queries'

export const live: Operations = {
  '/api/v1/stream': {
    get: {
      id: 'stream_events',
      summary: 'Launches, graduations and trades as they are stored, as server-sent events',
      query: streamQuery,
      headers: { 'Last-Event-ID': 'Go on exactly behind this event' },
      mediaType: 'text/event-stream',
      failures: [400],
    },
  },
}

import { eventShapes } from '#openapi/event_shapes'
import { jsonSchemaOf } from '#openapi/json_schema'

/** The headers by which a receiver checks a request: https://www.standardwebhooks.com */
const HEADERS = {
  'webhook-id': 'The id of the event, the same on every try',
  'webhook-timestamp': 'When this try was made, in Unix seconds',
  'webhook-signature': 'Signatures of id, timestamp and body, separated by spaces',
}

/** What receivers are sent, as OpenAPI 3.1 has it: its `webhooks`, by event type. */
export function describeEvents() {
  const events = Object.entries(eventShapes).map(([type, shape]) => [
    type,
    {
      post: {
        summary: `Sent to endpoints that asked for ${type}`,
        tags: ['events'],
        parameters: Object.entries(HEADERS).map(([name, description]) => ({
          name,
          in: 'header',
          description,
          required: true,
          schema: { type: 'string' },
        })),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: jsonSchemaOf(shape) } },
        },
        responses: {
          '2XX': { description: 'Accepted; anything else is tried again' },
          '410': { description: 'Gone: the endpoint is disabled' },
        },
      },
    },
  ])
  return Object.fromEntries(events)
}

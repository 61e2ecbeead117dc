import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import type { FactKind } from '#facts/define_fact'
import { derived } from '#facts/registry'
import { factShape, namedFact } from '#openapi/fact_shapes'
import { integer, jsonSchemaOf, text, time } from '#openapi/shapes'

const common = (type: string, data: SchemaTypes) => ({
  event_type: vine.literal(type),
  timestamp: integer().meta({ description: 'Unix seconds' }),
  version: vine.literal('1.0'),
  source: text(),
  data,
})

const age = () => vine.number({ strict: true })

const event = (type: string, data: SchemaTypes) =>
  vine.object({
    id: text(),
    ...common(type, data),
    metadata: vine.object({
      data_age_seconds: age(),
      push_source: vine.literal('regou'),
      attempt: integer(),
    }),
  })

/** What receivers get, by event type: one event in one request, without a template. */
export const eventShapes = derived((kinds): Record<string, SchemaTypes> => {
  const ordered = kinds.toSorted((one, other) => rankOf(one) - rankOf(other))
  return Object.fromEntries(ordered.flatMap(shapesOf))
})

/** What is on a chain comes first, what has a form of its own last. */
function rankOf({ isOnChain, pushSource }: FactKind): number {
  return isOnChain ? 0 : pushSource ? 2 : 1
}

function shapesOf(kind: FactKind): [string, SchemaTypes][] {
  const data = factShape(kind)
  return kind.eventTypes.flatMap(({ eventType: type }): [string, SchemaTypes][] => {
    if (kind.pushSource) {
      return [[type, messageOf(type, namedFact(kind), kind.pushSource)]]
    }
    const told: [string, SchemaTypes] = [type, event(type, vine.object(data))]
    const removed = `${type}.removed`
    return kind.isOnChain
      ? [told, [removed, event(removed, vine.object({ ...data, removed_at: time() }))]]
      : [told]
  })
}

/** The form of the service that pushed it before (docs/adr/0015). */
const messageOf = (type: string, data: SchemaTypes, pushSource: string) =>
  vine.object({
    ...common(type, data),
    metadata: vine.object({ data_age_seconds: age(), push_source: vine.literal(pushSource) }),
  })

/** The headers by which a receiver checks a request: https://www.standardwebhooks.com */
const HEADERS = {
  'webhook-id': 'The id of the event, the same on every try',
  'webhook-timestamp': 'When this try was made, in Unix seconds',
  'webhook-signature': 'Signatures of id, timestamp and body, separated by spaces',
}

/** What receivers are sent, as OpenAPI 3.1 has it: its `webhooks`, by event type. */
export function describeEvents() {
  const events = Object.entries(eventShapes()).map(([type, shape]) => [
    type,
    {
      post: {
        operationId: `receive_${type.replaceAll('.', '_')}`,
        summary: `Sent to endpoints that asked for ${type}`,
        description:
          'Signed as Standard Webhooks has it: the headers are how a receiver checks that.',
        security: [],
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

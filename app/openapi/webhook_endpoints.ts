import vine from '@vinejs/vine'
import { FORMATS } from '#models/webhook_endpoint'
import type { Operations } from '#openapi/operation'
import { integer, oneOf, pageOf, text, time } from '#openapi/shapes'
import {
  endpointChanges,
  endpointDryRun,
  newEndpoint,
  secretRotation,
  endpointQuery,
} from '#validators/endpoint_bodies'

const shown = () => ({
  id: integer(),
  url: text(),
  format: vine.enum(FORMATS),
  chat_id: text().nullable(),
  language: text().nullable(),
  description: text().nullable(),
  origin: vine.enum(['table', 'env']),
  event_types: vine.array(text()),
  filter: text().nullable(),
  template: text().nullable(),
  header_names: vine.array(text()),
  ordering: vine.enum(['any', 'fifo']),
  concurrency: integer(),
  rate_per_second: integer().nullable(),
  batch_size: integer(),
  timeout_ms: integer(),
  retry_schedule: vine.array(integer()).nullable(),
  expiry_ms: integer().nullable(),
  state: vine.enum(['active', 'disabled']),
  state_reason: text().nullable(),
  failing_since: time().nullable(),
  pending: integer(),
  last_success_at: time().nullable(),
  created_at: time(),
  updated_at: time(),
})

const endpoint = vine.object(shown()).meta({ title: 'Endpoint' })
const createdEndpoint = vine
  .object({ ...shown(), secret: text().optional() })
  .meta({ title: 'CreatedEndpoint' })

const rotation = vine
  .object({ id: integer(), secret: text(), old_secret_until: time() })
  .meta({ title: 'Rotation' })

const testResult = vine
  .object({
    endpoint_id: integer(),
    event_id: text(),
    accepted: vine.boolean({ strict: true }),
    http_status: integer().nullable(),
    duration_ms: integer(),
    error_kind: text().nullable(),
    error: text().nullable(),
    answer: text().nullable(),
  })
  .meta({ title: 'TestResult' })

const triedEvent = vine
  .object({
    event_id: text(),
    event_type: text(),
    outcome: vine.enum(['sent', 'left_out', 'failed']),
    reason: text().nullable(),
    payload: vine.any().nullable(),
  })
  .meta({ title: 'TriedEvent' })

export const webhookEndpoints: Operations = {
  '/api/v1/webhook/endpoints': {
    get: {
      id: 'list_endpoints',
      summary: 'Endpoints, newest first, without their secrets',
      scope: 'webhooks:read',
      query: endpointQuery,
      answer: pageOf(endpoint),
    },
    post: {
      id: 'create_endpoint',
      summary: 'Create an endpoint, which gets what is stored from then on',
      description:
        'The answer holds the secret, which is not shown again. A robot of a group (any `format` but `json`) has none.',
      scope: 'webhooks:write',
      body: newEndpoint,
      status: 201,
      answer: oneOf(createdEndpoint),
      failures: [402, 409],
    },
  },
  '/api/v1/webhook/endpoints/dry-run': {
    post: {
      id: 'try_expressions',
      summary: 'Try a filter and a template on the newest stored events; nothing is sent',
      scope: 'webhooks:write',
      body: endpointDryRun,
      answer: oneOf(vine.array(triedEvent)),
    },
  },
  '/api/v1/webhook/endpoints/{id}': {
    get: {
      id: 'show_endpoint',
      summary: 'One endpoint',
      scope: 'webhooks:read',
      answer: oneOf(endpoint),
    },
    patch: {
      id: 'change_endpoint',
      summary: 'Change what is named and leave the rest; putting it back in service takes Pro',
      scope: 'webhooks:write',
      body: endpointChanges,
      answer: oneOf(endpoint),
      failures: [402, 409],
    },
    delete: {
      id: 'delete_endpoint',
      summary: 'Delete an endpoint; what waits for it is set aside',
      scope: 'webhooks:write',
      status: 204,
      failures: [409],
    },
  },
  '/api/v1/webhook/endpoints/{id}/test': {
    post: {
      id: 'test_endpoint',
      summary: 'Send a test event at once, and tell what the receiver answered',
      scope: 'webhooks:write',
      answer: oneOf(testResult),
    },
  },
  '/api/v1/webhook/endpoints/{id}/rotate': {
    post: {
      id: 'rotate_secret',
      summary: 'Give an endpoint a new secret; for a day the old one signs as well',
      description: 'The answer holds the secret, which is not shown again.',
      scope: 'webhooks:write',
      body: secretRotation,
      answer: oneOf(rotation),
      failures: [409],
    },
  },
}

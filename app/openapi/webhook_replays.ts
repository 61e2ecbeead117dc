import vine from '@vinejs/vine'
import type { Operations } from '#openapi/operation'
import { integer, oneOf, pageOf, text, time } from '#openapi/shapes'
import { newReplay, replayQuery } from '#validators/replay_requests'

const replay = vine
  .object({
    id: integer(),
    endpoint_id: integer(),
    kind: vine.enum(['failed', 'history']),
    since: time(),
    until: time(),
    event_types: vine.array(text()).nullable(),
    rate_per_second: integer().nullable(),
    limit: integer().nullable(),
    again: vine.boolean({ strict: true }),
    state: vine.enum(['running', 'done', 'cancelled']),
    added: integer().meta({ description: 'Released so far that the endpoint gets the first time' }),
    revived: integer().meta({ description: 'Released so far that go once more' }),
    reached_at: time().nullable(),
    created_at: time(),
    ended_at: time().nullable(),
  })
  .meta({ title: 'Replay' })

export const webhookReplays: Operations = {
  '/api/v1/webhook/endpoints/{id}/replays': {
    get: {
      id: 'list_replays',
      summary: 'Replays of an endpoint, newest first',
      scope: 'webhooks:read',
      query: replayQuery,
      answer: pageOf(replay),
    },
    post: {
      id: 'start_replay',
      summary: 'Send an endpoint again what failed, or everything of a period, at a rate',
      scope: 'webhooks:write',
      body: newReplay,
      headers: {
        'Idempotency-Key': 'Asking again with this key answers the same replay, with 200',
      },
      status: [201, 200],
      answer: oneOf(replay),
      failures: [402, 409],
    },
  },
  '/api/v1/webhook/endpoints/{id}/replays/{replay}': {
    get: {
      id: 'show_replay',
      summary: 'One replay, and how far it is',
      scope: 'webhooks:read',
      answer: oneOf(replay),
    },
    delete: {
      id: 'cancel_replay',
      summary: 'Cancel a replay; what it released already goes on its way',
      scope: 'webhooks:write',
      answer: oneOf(replay),
    },
  },
}

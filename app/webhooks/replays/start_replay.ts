import limitsConfig from '#config/limits'
import Replay from '#models/replay'
import type { ReplayKind } from '#models/replay'
import { isDeepStrictEqual } from 'node:util'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { knownPatterns } from '#webhooks/endpoints/event_types'
import { Refusal } from '#foundation/errors'
import { firstPosition } from '#webhooks/replays/replay_position'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { requirePro } from '#billing/plans/pro_users'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'

/** What an endpoint is to be sent again. */
export interface ReplayRequest {
  endpointId: number
  kind: ReplayKind
  /** When it was stored, in epoch milliseconds: `since` is included, `until` is not. */
  since: number
  until: number
  /** `until` was asked for; else it is the moment at which the replay begins. */
  isUntilGiven: boolean
  /** Exact types, `launch.*`, or `*`; null for all that the endpoint asks for. */
  eventTypes: string[] | null
  /** Events in a second at most; null for as many as the endpoint takes. */
  ratePerSecond: number | null
  /** The most events to send; null for all. */
  eventLimit: number | null
  /** Also what was accepted already. */
  again: boolean
}

/** Replays of one endpoint of the operator that run at a time. */
const MOST_OF_OPERATOR = 20

/** Two requests with one key ask for the same replay when these agree. */
const SAME_FIELDS = ['kind', 'since', 'eventTypes', 'ratePerSecond', 'eventLimit', 'again'] as const

/**
 * Stores a replay, which the sender works off step by step, also after it was killed. With a key,
 * asking twice answers the replay of the first time.
 *
 * @throws Refusal for an unknown or disabled endpoint, without Pro, when an event type does not exist
 *   or the time is empty, when the key began a different replay, and when too many run already
 */
export function startReplay(
  request: ReplayRequest,
  clock: Clock,
  idempotencyKey: string | null = null
): Promise<{ replay: Replay; isNew: boolean }> {
  return writeTransaction(async (trx) => {
    const endpoint = await replayableEndpoint(request.endpointId, clock.now(), trx)
    const eventTypes = request.eventTypes && knownPatterns(request.eventTypes)
    if (request.until <= request.since) {
      throw Refusal.invalid('until', 'The end of the time should be after its beginning')
    }

    const known = await replayOfKey(trx, endpoint.id, idempotencyKey)
    if (known) {
      return { replay: sameReplay(known, { ...request, eventTypes }), isNew: false }
    }
    await refuseTooMany(trx, endpoint)
    const now = clock.now()
    const replay = await Replay.create(
      {
        ...request,
        eventTypes,
        idempotencyKey,
        state: 'running',
        position: await firstPosition(trx, request),
        reachedAt: null,
        added: 0,
        revived: 0,
        nextStepAt: now,
        createdAt: now,
        endedAt: null,
      },
      { client: trx }
    )
    return { replay, isNew: true }
  })
}

/** Of a user, all endpoints count together. */
async function refuseTooMany(trx: TransactionClientContract, { id, ownerId }: WebhookEndpoint) {
  const running = trx.from('replays').where('state', 'running')
  if (ownerId === null) {
    running.where('endpoint_id', id)
  } else {
    running.whereIn('endpoint_id', (own) =>
      own.from('webhook_endpoints').where('owner_id', ownerId).select('id')
    )
  }
  const [row] = await running.count('* as n')
  const most = ownerId === null ? MOST_OF_OPERATOR : limitsConfig.replays
  if (Number(row.n) >= most) {
    const whose = ownerId === null ? `of endpoint ${id}` : 'of this account'
    throw new Refusal(
      'conflict',
      'too_many_replays',
      `${most} replays ${whose} are running. Wait for one to end, or cancel one`
    )
  }
}

async function replayOfKey(trx: TransactionClientContract, endpointId: number, key: string | null) {
  return key === null
    ? null
    : Replay.query({ client: trx }).where({ endpoint_id: endpointId, idempotency_key: key }).first()
}

function sameReplay(replay: Replay, request: ReplayRequest): Replay {
  const isOther = SAME_FIELDS.some((field) => !isDeepStrictEqual(replay[field], request[field]))
  if (isOther || !isSameEnd(replay, request)) {
    throw new Refusal(
      'conflict',
      'idempotency_conflict',
      `This Idempotency-Key began replay ${replay.id}, which differs. Use a new key for a new replay`
    )
  }
  return replay
}

/** Both end at the time that was given, or each at its beginning. */
function isSameEnd(replay: Replay, { until, isUntilGiven }: ReplayRequest): boolean {
  return isUntilGiven ? replay.until === until : !replay.isUntilGiven
}

/**
 * The endpoint of a replay that its owner may begin at `now` (epoch milliseconds).
 *
 * @throws Refusal when there is none, it is disabled, or its owner's plan has ended
 */
export async function replayableEndpoint(
  id: string | number,
  now: number,
  trx?: TransactionClientContract
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id, trx)
  if (endpoint.state !== 'active') {
    throw new Refusal(
      'conflict',
      'endpoint_disabled',
      `Endpoint ${id} is disabled. Enable it first: node ace webhook:enable ${id}`,
      { apiMessage: 'The endpoint is disabled: change its state to active first.' }
    )
  }
  await requirePro(endpoint.ownerId, now, trx)
  return endpoint
}

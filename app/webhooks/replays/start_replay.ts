import { isDeepStrictEqual } from 'node:util'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Replay from '#models/replay'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { knownPatterns } from '#webhooks/endpoints/event_types'
import { activeEndpoint } from '#webhooks/replays/active_endpoint'
import { IdempotencyConflict } from '#webhooks/replays/replay_errors'
import { firstPosition } from '#webhooks/replays/position'
import type { ReplayRequest } from '#webhooks/replays/replay_request'

/** Two requests with one key are one wish when these agree. */
const WISH = ['kind', 'since', 'eventTypes', 'ratePerSecond', 'eventLimit', 'again'] as const

/**
 * Stores the wish that an endpoint be sent something again; the sender works it off, also after it
 * was killed. With a key, asking twice answers the replay of the first time.
 *
 * @throws UnknownEndpoint, DisabledEndpoint, NeedsPro, RefusedEndpoint when an event type does not exist or the
 *   time is empty, or IdempotencyConflict when the key belongs to another wish
 */
export function startReplay(
  request: ReplayRequest,
  clock: Clock,
  idempotencyKey: string | null = null
): Promise<{ replay: Replay; isNew: boolean }> {
  return writeTransaction(async (trx) => {
    const endpoint = await activeEndpoint(request.endpointId, clock.now(), trx)
    const eventTypes = request.eventTypes && knownPatterns(request.eventTypes)
    if (request.until <= request.since) {
      throw new RefusedEndpoint('until', 'The end of the time should be after its beginning')
    }

    const known = await replayOfKey(trx, endpoint.id, idempotencyKey)
    if (known) {
      return { replay: sameWish(known, { ...request, eventTypes }), isNew: false }
    }
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

async function replayOfKey(trx: TransactionClientContract, endpointId: number, key: string | null) {
  return key === null
    ? null
    : Replay.query({ client: trx }).where({ endpoint_id: endpointId, idempotency_key: key }).first()
}

function sameWish(replay: Replay, request: ReplayRequest): Replay {
  const changed = WISH.filter((field) => !isDeepStrictEqual(replay[field], request[field]))
  if (changed.length > 0) {
    throw new IdempotencyConflict(
      `This Idempotency-Key began replay ${replay.id}, which differs. Use a new key for a new replay`
    )
  }
  return replay
}

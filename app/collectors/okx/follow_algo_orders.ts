import type OkxAccount from '#models/okx_account'
import type { FollowParts } from '#collectors/okx/follow_parts'
import { HeardPushes } from '#collectors/okx/heard_pushes'
import { asFailure, OkxFailure } from '#collectors/okx/okx_failure'
import { keyOf } from '#collectors/okx/okx_venues'
import { checkpoint } from '#collectors/okx/recovery/checkpoint'
import { recoverAlgoOrders } from '#collectors/okx/recovery/recover_algo_orders'
import type { Recovering } from '#collectors/okx/recovery/recovering'
import { keepConnected } from '#collectors/okx/stream/keep_connected'
import type { OkxStream } from '#collectors/okx/stream/okx_stream'
import { ALGO_CHANNELS, openStream } from '#collectors/okx/stream/open_stream'

/** Lists lag behind what happens: a recovery is repeated after so long, in milliseconds. */
const SETTLE_MS = 10_000

/** How far all is stored is noted so often, so that a recovery has less to read, in milliseconds. */
const CHECKPOINT_MS = 300_000

/**
 * Keeps the business connection of an account, over which OKX tells of algo orders, and has what happened
 * before read over REST. OKX cuts it without a warning. What is wrong with it is in the log alone: orders,
 * fills and balances do not depend on it.
 */
export async function followAlgoOrders(
  parts: FollowParts,
  account: OkxAccount,
  signal: AbortSignal
) {
  const venue = parts.venues.at(account)
  const name = `account ${account.id} (${account.label}), algo orders`
  await keepConnected(
    {
      venue,
      random: parts.random,
      session: () => session(parts, account, signal),
      onEnded: (failure, waitMs) => parts.log.failed(name, failure, waitMs),
    },
    signal
  )
}

/** From the opening of the connection to its end. Answers why it ended. */
async function session(
  parts: FollowParts,
  account: OkxAccount,
  signal: AbortSignal
): Promise<OkxFailure> {
  const over = new AbortController()
  const within = AbortSignal.any([signal, over.signal])
  try {
    const pushes = new HeardPushes(parts, account, within)
    const stream = await open(parts, account, pushes, within)
    stream.ended.addEventListener('abort', () => over.abort())
    await keepComplete(recoveringOf(parts, account, pushes, within), pushes, stream)
    return stream.end(new OkxFailure('disconnected', 'stopped'))
  } catch (error) {
    return asFailure(error)
  } finally {
    over.abort()
  }
}

async function open(
  { venues, connect, pace }: FollowParts,
  account: OkxAccount,
  pushes: HeardPushes,
  signal: AbortSignal
): Promise<OkxStream> {
  const venue = venues.at(account)
  await pace.spareTurn(signal)
  return openStream({
    venue,
    connect,
    signal,
    url: venue.hosts.businessStream,
    channels: ALGO_CHANNELS,
    key: keyOf(account),
    onPush: (push) => pushes.take(push),
    onUnknown: (...unknown) => pushes.takeUnknown(...unknown),
  })
}

function recoveringOf(
  { venues, ingest }: FollowParts,
  account: OkxAccount,
  pushes: HeardPushes,
  signal: AbortSignal
): Recovering {
  return {
    account: pushes.account,
    rest: venues.restOf(account),
    ingest,
    signal,
    isStart: false,
    origin: 'recovery',
  }
}

/** Until the connection has ended. @throws what kept something from being read or stored; it ends with that */
async function keepComplete(recovering: Recovering, pushes: HeardPushes, stream: OkxStream) {
  const { rest, signal } = recovering
  const { clock } = rest.venue
  try {
    await recoverAlgoOrders(recovering)
    await clock.sleep(SETTLE_MS, signal)
    if (!signal.aborted) await recoverAlgoOrders(recovering)
    while (!signal.aborted) {
      await checkpoint('algo_orders', rest.venue, pushes, stream)
      await clock.sleep(CHECKPOINT_MS, signal)
    }
  } catch (error) {
    throw stream.end(asFailure(error))
  }
}

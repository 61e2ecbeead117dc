import { OkxFailure } from '#collectors/okx/okx_failure'
import type { OkxVenue } from '#collectors/okx/rest/okx_venue'
import { loginMessage, type OkxKey } from '#collectors/okx/rest/signature'
import { OkxStream, type StreamParts } from '#collectors/okx/stream/okx_stream'
import type { OkxChannel } from '#sources/okx/message'

/** How long each step may take, in milliseconds. */
const STEP_MS = 10_000

/** An acknowledged channel without a count is ours when no error of the count followed it for so long. */
const COUNT_MS = 1_000

/** Told by events alone: what the market makes of a position is no event. */
const BY_EVENTS = JSON.stringify({ updateInterval: '0' })

/** What the private connection subscribes to, of every kind of instrument. */
export const CHANNELS: OkxChannel[] = [
  { channel: 'orders', instType: 'ANY' },
  { channel: 'balance_and_position' },
  { channel: 'positions', instType: 'ANY', extraParams: BY_EVENTS },
  { channel: 'account', extraParams: BY_EVENTS },
]

/** What the business connection does: algo orders, and those that go on for a while. */
export const ALGO_CHANNELS: OkxChannel[] = [
  { channel: 'orders-algo', instType: 'ANY' },
  { channel: 'algo-advance', instType: 'ANY' },
]

type Opening = Omit<StreamParts, 'clock'> & {
  venue: OkxVenue
  channels: OkxChannel[]
  key: OkxKey
  /** Ends the stream, also while it is being opened. */
  signal: AbortSignal
}

/**
 * Opens a stream of an account: login, then subscriptions, each step only after the one
 * before was acknowledged. When it resolves everything that happens from then on comes over it.
 *
 * @throws OkxFailure the connection has ended then
 */
export async function openStream(opening: Opening): Promise<OkxStream> {
  const { venue, channels, key, signal, ...parts } = opening
  const stream = new OkxStream({ ...parts, clock: venue.clock })
  const stop = () => stream.end(new OkxFailure('disconnected', 'stopped'))
  signal.addEventListener('abort', stop, { once: true })
  stream.ended.addEventListener('abort', () => signal.removeEventListener('abort', stop))
  try {
    if (signal.aborted) stop()
    await stream.opened(STEP_MS)
    await logIn(stream, venue, key)
    await subscribe(stream, channels)
    return stream
  } catch (error) {
    stream.end(error instanceof OkxFailure ? error : new OkxFailure('unreadable', String(error)))
    throw error
  }
}

/** A login counts for 30 s by OKX's clock: each connection gets its own. */
async function logIn(stream: OkxStream, venue: OkxVenue, key: OkxKey) {
  const login = loginMessage(key, await venue.now())
  const answer = stream.next(({ kind }) => kind === 'logged_in', STEP_MS)
  stream.send(login)
  if ((await answer) === null) {
    throw new OkxFailure('unreachable', 'no answer to the login')
  }
}

/**
 * Subscribes, and waits for each channel. Its acknowledgement is no promise: too many connections are
 * told behind it.
 */
async function subscribe(stream: OkxStream, channels: OkxChannel[]) {
  const each = (kind: 'subscribed' | 'counted') =>
    channels.map(({ channel }) =>
      stream.next((one) => one.kind === kind && one.channel === channel, STEP_MS)
    )
  const acknowledged = Promise.all(each('subscribed'))
  const counted = Promise.all(each('counted'))
  const tooMany = stream.next(({ kind }) => kind === 'too_many', STEP_MS)
  // What fails is thrown by the first that is waited for.
  ;[counted, tooMany].forEach((one) => one.catch(() => {}))
  stream.send(JSON.stringify({ op: 'subscribe', args: channels }))

  const answers = await acknowledged
  if (answers.includes(null)) {
    throw new OkxFailure('unreachable', 'no answer to the subscriptions')
  }
  const patience = stream.next(() => false, COUNT_MS)
  const refused = await Promise.race([tooMany, counted, patience])
  if (refused && 'kind' in refused && refused.kind === 'too_many') {
    throw new OkxFailure('too_many_connections', `too many connections have ${refused.channel}`)
  }
}

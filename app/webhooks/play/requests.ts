import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import PlayReceiver from '#models/play_receiver'
import PlayRequest from '#models/play_request'

/** How long a request is kept, in milliseconds. */
const KEPT_MS = 3_600_000

/** Requests that one receiver keeps, the newest. */
const MOST_OF_A_RECEIVER = 50

/** The largest body that is kept, in bytes: a batch of some hundred events. */
export const LARGEST_PLAY_BODY = 262_144

interface PostedRequest {
  headers: Record<string, string>
  body: string
}

/**
 * Keeps what was posted to a receiver of ours for an hour.
 *
 * @returns the status to answer with; null when there is no such receiver
 */
export function keepRequest(
  receiverId: string,
  { headers, body }: PostedRequest,
  clock: Clock
): Promise<number | null> {
  return writeTransaction(async (client) => {
    const receiver = await PlayReceiver.query({ client }).where('id', receiverId).first()
    if (!receiver) return null
    const { answerStatus } = receiver
    const now = clock.now()
    // PostgreSQL stores no NUL.
    const text = body.replaceAll('\0', '\uFFFD')
    const kept = { receiverId, headers: JSON.stringify(headers), body: text, answerStatus }
    await PlayRequest.create({ ...kept, receivedAt: now }, { client })
    await forgetOld(client, receiverId, now)
    return answerStatus
  })
}

/** What a receiver got within the last hour, the newest first. `now` is in epoch milliseconds. */
export function requestsOf(receiverId: string, now: number): Promise<PlayRequest[]> {
  return PlayRequest.query()
    .where('receiver_id', receiverId)
    .where('received_at', '>', now - KEPT_MS)
    .orderBy('id', 'desc')
    .limit(MOST_OF_A_RECEIVER)
}

/** Of all receivers what is older than an hour, and of this one what is beyond the newest. */
async function forgetOld(client: TransactionClientContract, receiverId: string, now: number) {
  await client
    .from('play_requests')
    .where('received_at', '<=', now - KEPT_MS)
    .delete()
  const beyond: { id: number | string }[] = await client
    .from('play_requests')
    .where('receiver_id', receiverId)
    .orderBy('id', 'desc')
    .offset(MOST_OF_A_RECEIVER)
    .limit(MOST_OF_A_RECEIVER)
    .select('id')
  const ids = beyond.map(({ id }) => id)
  await client.from('play_requests').whereIn('id', ids).delete()
}

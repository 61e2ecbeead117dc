import { randomBytes } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import PlayReceiver from '#models/play_receiver'

/** Receivers that a user has at a time; a further one takes the place of the oldest. */
const MOST_OF_A_USER = 3

/** What a receiver may answer: accepted, and what a sender has to cope with. */
export const PLAY_ANSWERS = [204, 400, 410, 429, 500] as const

/** Too long to guess: all who know the address may post to it. */
const ID_BYTES = 16

/** Opens a receiver of our own, at which its owner tries an endpoint. */
export function openReceiver(ownerId: number, clock: Clock): Promise<PlayReceiver> {
  return writeTransaction(async (client) => {
    const older = await receiversOf(ownerId, client)
      .offset(MOST_OF_A_USER - 1)
      .limit(100)
    const ids = older.map(({ id }) => id)
    await client.from('play_requests').whereIn('receiver_id', ids).delete()
    await client.from('play_receivers').whereIn('id', ids).delete()
    const id = randomBytes(ID_BYTES).toString('hex')
    const fresh = { id, ownerId, answerStatus: PLAY_ANSWERS[0], createdAt: clock.now() }
    return PlayReceiver.create(fresh, { client })
  })
}

/** A user's receivers, the newest first. */
export function receiversOf(ownerId: number, client?: QueryClientContract) {
  return PlayReceiver.query({ client })
    .where('owner_id', ownerId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
}

/** @throws Refusal when the user has no such receiver */
export async function ownReceiver(id: string, ownerId: number): Promise<PlayReceiver> {
  const receiver = await PlayReceiver.query().where({ id, owner_id: ownerId }).first()
  if (!receiver) throw new Refusal('unknown', 'unknown_receiver', 'There is no such receiver')
  return receiver
}

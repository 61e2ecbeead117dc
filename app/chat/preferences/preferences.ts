import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import ChatPreference, { type ChatChannel } from '#models/chat_preference'

/** What a new account begins with. */
const UNCHANGED = {
  switches: {},
  tellsNearly: false,
  hasLinks: true,
  keepsAlive: true,
  tellsAccount: true,
  quietFrom: null,
  quietUntil: null,
  mutedUntil: null,
}

/** What a user has set for a chat app; without a row, what all begin with. */
export async function preferencesOf(userId: number, channel: ChatChannel): Promise<ChatPreference> {
  return (await ChatPreference.findBy({ userId, channel })) ?? unchanged(userId, channel)
}

/** The preferences of an account that has changed none. */
export function unchanged(userId: number, channel: ChatChannel): ChatPreference {
  return new ChatPreference().fill({ ...UNCHANGED, userId, channel })
}

type Changes = Partial<Pick<ChatPreference, keyof typeof UNCHANGED>>

/**
 * Changes what a user has set, seen from inside the transaction: two messages at once lose nothing.
 *
 * @param change given the preferences as they are
 */
export function changePreferences(
  { userId, channel }: Pick<ChatPreference, 'userId' | 'channel'>,
  change: (preference: ChatPreference) => Changes,
  clock: Pick<Clock, 'now'>
): Promise<ChatPreference> {
  return writeTransaction(async (client) => {
    const preference = await heldPreferences(client, userId, channel, clock.now())
    return preference.merge({ ...change(preference), updatedAt: clock.now() }).save()
  })
}

const TABLE: WrittenTable = {
  name: 'chat_preferences',
  columns: { user_id: 'bigint', channel: 'text', created_at: 'bigint', updated_at: 'bigint' },
}

/** The row of a user, made when it is first needed and held until the transaction ends. */
async function heldPreferences(
  client: TransactionClientContract,
  userId: number,
  channel: ChatChannel,
  now: number
): Promise<ChatPreference> {
  const row = { user_id: userId, channel, created_at: now, updated_at: now }
  await insertRows(client, TABLE, [row])
  return ChatPreference.query({ client }).where({ userId, channel }).forUpdate().firstOrFail()
}

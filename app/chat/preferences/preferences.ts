import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import ChatPreference from '#models/chat_preference'

/** What a new account begins with. */
const UNCHANGED = {
  switches: {},
  tellsNearly: false,
  hasLinks: true,
  keepsAlive: true,
  tellsAccount: true,
  fallbackOrder: [],
  quietFrom: null,
  quietUntil: null,
  mutedUntil: null,
}

/** What a user has set for all chats; without a row, what all begin with. */
export async function preferencesOf(userId: number): Promise<ChatPreference> {
  return (await ChatPreference.findBy({ userId })) ?? unchanged(userId)
}

/** The preferences of an account that has changed none. */
export function unchanged(userId: number): ChatPreference {
  return new ChatPreference().fill({ ...UNCHANGED, userId })
}

type Changes = Partial<Pick<ChatPreference, keyof typeof UNCHANGED>>

/**
 * Changes what a user has set, seen from inside the transaction: two messages at once lose nothing.
 *
 * @param change given the preferences as they are
 */
export function changePreferences(
  userId: number,
  change: (preference: ChatPreference) => Changes,
  clock: Pick<Clock, 'now'>
): Promise<ChatPreference> {
  return writeTransaction(async (client) => {
    const preference = await heldPreferences(client, userId, clock.now())
    return preference.merge({ ...change(preference), updatedAt: clock.now() }).save()
  })
}

const TABLE: WrittenTable = {
  name: 'chat_preferences',
  columns: { user_id: 'bigint', created_at: 'bigint', updated_at: 'bigint' },
}

/** The row of a user, made when it is first needed and held until the transaction ends. */
async function heldPreferences(
  client: TransactionClientContract,
  userId: number,
  now: number
): Promise<ChatPreference> {
  const row = { user_id: userId, created_at: now, updated_at: now }
  await insertRows(client, TABLE, [row])
  return ChatPreference.query({ client }).where({ userId }).forUpdate().firstOrFail()
}

import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import { readTronAddress } from '#foundation/text/tron_address'
import TronAccount from '#models/tron_account'

/** Accounts that one user may watch. */
export const MOST_TRON_ACCOUNTS = 100

const LONGEST_NAME = 64

interface Wish {
  /** In any form that addresses have. */
  address: string
  label?: string | null
  /** What the operator calls the pool elsewhere. */
  poolAccountId?: string | null
}

/** Who watches, and where: a user, or the operator (null). */
interface Watcher {
  ownerId: number | null
  chainId: number
}

/**
 * The address of an account in base58.
 *
 * @throws Refusal when the text is none, or its checksum is wrong
 */
export function tronAddressOf(text: string): string {
  const address = readTronAddress(text.trim())
  if (address === null) {
    const message = `"${text}" is no address of TRON: base58 with the right checksum (T…), or hexadecimal (41…)`
    throw Refusal.invalid('address', message, 'badAddress')
  }
  return address
}

/**
 * Watches an account: its records are stored from the next block on. One that is watched already gets
 * the label that is given.
 *
 * @throws Refusal for what is no address, too many of them, or a pool id that another account has
 */
export async function watchTron(
  { ownerId, chainId }: Watcher,
  wish: Wish,
  clock: Pick<Clock, 'now'>
): Promise<TronAccount> {
  const address = tronAddressOf(wish.address)
  const names = namesOf(wish)

  return writeTransaction(async (client) => {
    const watched = await TronAccount.query({ client }).where({ chainId, ...ofOwner(ownerId) })
    const known = watched.find((one) => one.address === address)
    if (names.poolAccountId) {
      await refuseTaken(client, chainId, names.poolAccountId, known?.id)
    }
    if (known) {
      return known.merge(names).save()
    }
    if (ownerId !== null && watched.length >= MOST_TRON_ACCOUNTS) {
      const message = `An account may watch ${MOST_TRON_ACCOUNTS} addresses. Remove one first`
      throw new Refusal('conflict', 'too_many_accounts', message, { fault: 'tooMany' })
    }
    const watchFrom = await nextBlock(client, chainId)
    const unnamed = { label: null, poolAccountId: null }
    const row = {
      chainId,
      ownerId,
      address,
      watchFrom,
      createdAt: clock.now(),
      ...unnamed,
      ...names,
    }
    return TronAccount.create(row, { client })
  })
}

/** Ends it, also for what was never watched; what is stored stays. Answers whether it was. */
export async function unwatchTron(
  { ownerId, chainId }: Watcher,
  address: string
): Promise<boolean> {
  const rows = TronAccount.query().where({ chainId, address: tronAddressOf(address) })
  const [deleted] = await rows.where(ofOwner(ownerId)).delete()
  return Number(deleted) > 0
}

/** What a user watches, or the operator (null), the newest first. */
export function tronAccountsOf({ ownerId, chainId }: Watcher): Promise<TronAccount[]> {
  return TronAccount.query()
    .where({ chainId, ...ofOwner(ownerId) })
    .orderBy('id', 'desc')
}

const ofOwner = (ownerId: number | null) => ({ ownerId })

function namesOf({ label, poolAccountId }: Wish) {
  const names = {
    ...(label !== undefined && { label: label?.trim() || null }),
    ...(poolAccountId !== undefined && { poolAccountId: poolAccountId?.trim() || null }),
  }
  if (Object.values(names).some((name) => name && name.length > LONGEST_NAME)) {
    throw Refusal.invalid('label', `A name has at most ${LONGEST_NAME} characters`, 'longName')
  }
  return names
}

async function refuseTaken(
  client: TransactionClientContract,
  chainId: number,
  poolAccountId: string,
  id = 0
) {
  const other = TronAccount.query({ client }).where({ chainId, poolAccountId }).whereNot('id', id)
  if (await other.first()) {
    const message = `Another account is called ${poolAccountId}`
    throw new Refusal('conflict', 'pool_account_taken', message, { field: 'pool_account_id' })
  }
}

/** The first block that is read from now on; null before the first was. */
async function nextBlock(client: TransactionClientContract, chainId: number) {
  const cursor = await client.from('scan_cursors').where('name', `chain:${chainId}`).first()
  return cursor ? Number(cursor.block_number) + 1 : null
}

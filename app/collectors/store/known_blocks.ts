import db from '@adonisjs/lucid/services/db'
import { allFactKinds } from '#facts/registry'
import { recentBlocks } from '#collectors/store/recent_blocks'

/** A block that was read, as it was then. */
export interface KnownBlock {
  number: number
  hash: string
}

/**
 * The blocks between two numbers, both included, whose hashes are known, newest first: those that are
 * remembered, and those of standing facts. In a block that is not among them nothing was found.
 */
export async function knownBlocks(chainId: number, from: number, to: number) {
  const known = new Map<number, KnownBlock>()
  for (const { table } of allFactKinds().filter(({ isOnChain }) => isOnChain)) {
    const rows = await db
      .from(table)
      .where('chain_id', chainId)
      .whereNull('removed_at')
      .whereBetween('block_number', [from, to])
      .distinct('block_number', 'block_hash')
    for (const { block_number: number, block_hash: hash } of rows) {
      known.set(Number(number), { number: Number(number), hash })
    }
  }
  const remembered = await recentBlocks(chainId)
  for (const block of remembered.filter(({ number }) => number >= from && number <= to)) {
    known.set(block.number, block)
  }
  return [...known.values()].toSorted((one, other) => other.number - one.number)
}

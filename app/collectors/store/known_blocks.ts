import db from '@adonisjs/lucid/services/db'
import { allFactKinds } from '#facts/registry'
import { findCursor } from '#collectors/store/cursor'
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
  for (const block of await hashesOfFacts(chainId, from, to)) {
    known.set(block.number, block)
  }
  for (const block of await rememberedBetween(chainId, from, to)) {
    known.set(block.number, block)
  }
  return [...known.values()].toSorted((one, other) => other.number - one.number)
}

/** The block that the follower of a chain has read last; null before the first, or without its hash. */
export async function hashOfCursor(chainId: number): Promise<KnownBlock | null> {
  const cursor = await findCursor(`chain:${chainId}`)
  return cursor?.blockHash ? { number: cursor.blockNumber, hash: cursor.blockHash } : null
}

/**
 * Blocks whose hashes are known, of a number and of at most so many after it, the lowest first. Where
 * facts of one number were read from two blocks, both are among them.
 */
export async function hashesFrom(
  chainId: number,
  from: number,
  atMost: number
): Promise<KnownBlock[]> {
  const to = from + atMost
  const found = [
    ...(await rememberedBetween(chainId, from, to)),
    ...(await hashesOfFacts(chainId, from, to)),
  ]
  const known = new Map(found.map((block) => [block.hash, block]))
  return [...known.values()].toSorted((one, other) => one.number - other.number)
}

async function rememberedBetween(chainId: number, from: number, to: number) {
  const remembered = await recentBlocks(chainId)
  return remembered.filter(({ number }) => number >= from && number <= to)
}

async function hashesOfFacts(chainId: number, from: number, to: number): Promise<KnownBlock[]> {
  const known: KnownBlock[] = []
  for (const { table } of allFactKinds().filter(({ isOnChain }) => isOnChain)) {
    const rows = await db
      .from(table)
      .where('chain_id', chainId)
      .whereNull('removed_at')
      .whereBetween('block_number', [from, to])
      .distinct('block_number', 'block_hash')
    known.push(
      ...rows.map(({ block_number: number, block_hash: hash }) => ({
        number: Number(number),
        hash,
      }))
    )
  }
  return known
}

import type { PoolKind } from '#facts/pool'
import { contract, event, type EventReader, type Source } from '#sources/define_source'
import type { Address, Fact } from '#sources/facts'

/** A pool whose swaps are read, because its token is followed. */
export interface FollowedPool {
  source: string
  kind: PoolKind
  /** An address, or an id within the contract that holds all pools of the kind. In lower case. */
  poolId: string
  token: Address
  quote: Address
}

/** Reads the swaps of one kind of pool, which do not name the tokens that they swap. */
export interface SwapReader {
  kind: PoolKind
  /** The contract that holds all pools of the kind. Not set: each pool is a contract. */
  singleton?: Address
  /** The reader of the swaps of these pools. */
  of(pools: readonly FollowedPool[]): EventReader
}

interface SwapPlace {
  kind: PoolKind
  singleton?: string
}

/**
 * Says what a swap becomes. Where one contract holds all pools, the event's argument `id` tells
 * which one it is; a swap of a pool that is not followed becomes nothing.
 */
export function swap<const Signature extends string>(
  { kind, singleton }: SwapPlace,
  signature: Signature,
  toFacts: (
    args: Parameters<Parameters<typeof event<Signature>>[1]>[0],
    pool: FollowedPool
  ) => Fact[]
): SwapReader {
  return {
    kind,
    singleton: singleton?.toLowerCase() as Address | undefined,
    of: (pools) => {
      const byId = new Map(pools.map((pool) => [pool.poolId, pool]))
      return event(signature, (args, log) => {
        const pool = byId.get(singleton ? (args as { id: string }).id : log.address)
        return pool ? toFacts(args, pool) : []
      })
    },
  }
}

/** The sources, reading the swaps of these pools as well. */
export function following(sources: readonly Source[], pools: readonly FollowedPool[]): Source[] {
  return sources.map((source) => {
    const swaps = (source.swaps ?? []).flatMap((reader) => {
      const ofKind = pools.filter(
        ({ source: name, kind }) => name === source.name && kind === reader.kind
      )
      return ofKind.length > 0 ? contractsOf(reader, ofKind) : []
    })
    return { ...source, contracts: [...source.contracts, ...swaps] }
  })
}

function contractsOf(reader: SwapReader, pools: FollowedPool[]) {
  const events = [reader.of(pools)]
  const addresses = reader.singleton ? [reader.singleton] : pools.map(({ poolId }) => poolId)
  return addresses.map((address) => contract(address, events))
}

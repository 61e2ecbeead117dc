import type { PoolKind } from '#facts/pool'
import {
  contract,
  event,
  type FollowedPool,
  type Source,
  type SwapReader,
} from '#sources/define_source'
import type { Address, Fact } from '#sources/facts'

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

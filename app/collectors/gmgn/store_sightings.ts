import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { launch, LAUNCH_KINDS } from '#facts/launch'
import { identityOf, type Sighting } from '#collectors/gmgn/sighting'
import { insertRows } from '#foundation/db/insert_rows'
import { OFF_CHAIN_BLOCK } from '#collectors/store/off_chain'
import { writtenTable } from '#collectors/store/fact_store'

const launches = writtenTable(launch)

/** The identities of those sightings that are stored, by whatever source. */
export async function storedIdentities(
  client: QueryClientContract,
  chainId: number,
  sightings: readonly Sighting[]
): Promise<Set<string>> {
  const stored = new Set<string>()
  for (const kind of LAUNCH_KINDS) {
    const tokens = sightings.filter((each) => each.kind === kind).map(({ token }) => token)
    const rows = await client
      .from('launch_events')
      .where({ chain_id: chainId, kind })
      .whereIn('token_address', tokens)
      .whereNull('removed_at')
      .select('token_address')
    for (const { token_address: token } of rows) {
      stored.add(identityOf({ kind, token }))
    }
  }
  return stored
}

/**
 * Stores the sightings that no source has told of before, and answers how many that were. `now` is
 * in epoch milliseconds.
 */
export async function storeSightings(
  trx: TransactionClientContract,
  chainId: number,
  sightings: readonly Sighting[],
  now: number
): Promise<number> {
  const stored = await storedIdentities(trx, chainId, sightings)
  const fresh = sightings.filter((sighting) => !stored.has(identityOf(sighting)))
  return insertRows(
    trx,
    launches,
    fresh.map((sighting) => launchRow(sighting, chainId, now))
  )
}

/** Where a fact of the chain has its transaction and block, this one has its identity. */
function launchRow(sighting: Sighting, chainId: number, now: number) {
  const identity = identityOf(sighting)

  return {
    source: 'gmgn',
    chain_id: chainId,
    log_index: 0,
    block_number: OFF_CHAIN_BLOCK,
    block_hash: identity,
    launch_tx: identity,
    event_time: sighting.time,
    created_at: now,
    kind: sighting.kind,
    token_address: sighting.token,
    name: sighting.name,
    symbol: sighting.symbol,
    creator: sighting.creator,
    raw: JSON.stringify(sighting.row),
  }
}

import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'

/** So many of the newest records of an account are added up: it stays a matter of milliseconds. */
const MOST_SUMMED = 20_000

interface Sum {
  kind: string
  operations: number
  sun: bigint
}

/**
 * What an account did, added up; amounts in sun as decimal text. `is_partial`: there are older records
 * that are not in the sums.
 *
 * @param now epoch milliseconds, by which is told what can be withdrawn
 */
export async function accountSummary(chainId: number, address: string, now: number) {
  const stake = await sumsOf('stake_records', chainId, address)
  const delegate = await sumsOf('delegate_records', chainId, address)
  const unfreeze = await unfreezeSums(chainId, address, now)

  const of = (sums: Sum[], kind: string) =>
    sums.find((one) => one.kind === kind) ?? { kind, operations: 0, sun: 0n }
  const [frozen, unfrozen, again] = ['freeze', 'unfreeze', 'cancel'].map((kind) => of(stake, kind))
  const [given, back] = ['delegate', 'undelegate'].map((kind) => of(delegate, kind))
  const counted = stake.concat(delegate).reduce((sum, { operations }) => sum + operations, 0)

  return {
    address,
    staking: {
      total_operations: stake.reduce((sum, { operations }) => sum + operations, 0),
      freeze_operations: frozen!.operations,
      unfreeze_operations: unfrozen!.operations,
      total_frozen: String(frozen!.sun),
      total_unfrozen: String(unfrozen!.sun),
      net_staked: String(frozen!.sun - unfrozen!.sun + again!.sun),
    },
    delegation: {
      delegate_operations: given!.operations,
      undelegate_operations: back!.operations,
      total_delegated: String(given!.sun),
      total_undelegated: String(back!.sun),
      net_delegated: String(given!.sun - back!.sun),
    },
    withdrawal: unfreeze,
    is_partial: counted >= MOST_SUMMED,
  }
}

/** The newest operations of an account of each kind, and what they moved. */
async function sumsOf(table: string, chainId: number, address: string): Promise<Sum[]> {
  // As text: a sum may be more than a JavaScript number holds.
  const rows = await rowsOf<{ kind: string; operations: number | string; sun: string | null }>(
    db.connection(),
    `select operation_type as kind, count(*) as operations,
       cast(sum(cast(amount as bigint)) as text) as sun
     from (select operation_type, amount from ${table}
           where owner_address = ? and chain_id = ? and removed_at is null
             and status = 'confirmed'
           order by event_time desc limit ${MOST_SUMMED}) as newest
     group by operation_type`,
    [address, chainId]
  )
  return rows.map(({ kind, operations, sun }) => {
    return { kind, operations: Number(operations), sun: BigInt(sun ?? 0) }
  })
}

async function unfreezeSums(chainId: number, address: string, now: number) {
  const rows = await db
    .from('unfreeze_records')
    .where({ owner_address: address, chain_id: chainId })
    .orderBy('available_time', 'desc')
    .limit(MOST_SUMMED)
    .select('amount', 'status', 'available_time')
  const isOpen = ({ status }: { status: string }) => status === 'waiting' || status === 'ready'
  const ready = rows.filter((row) => isOpen(row) && Number(row.available_time) <= now)
  const withdrawn = rows.filter(({ status }) => status === 'withdrawn')
  return {
    total_unfreezes: rows.length,
    waiting_count: rows.filter(isOpen).length - ready.length,
    withdrawable_count: ready.length,
    withdrawn_count: withdrawn.length,
    withdrawable_amount: total(ready),
    total_withdrawn: total(withdrawn),
  }
}

function total(rows: readonly { amount: string }[]): string {
  return String(rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
}

import db from '@adonisjs/lucid/services/db'
import type { AccountSums } from '#sources/tron/account_sums'
import type { TronResource } from '#sources/tron/records'

/** Stake records of an account in some blocks, and what they come to. */
interface RecordedChange {
  records: number
  /** Null where the amount of one of them is not known. */
  sums: AccountSums | null
}

interface Row {
  operation_type: string
  resource_type: TronResource | null
  amount: string | null
}

/** What an account has after the records of these blocks, both ends included, where it had `before`. */
export async function sumsAfterRecords(
  { chainId, address }: { chainId: number; address: string },
  { from, to }: { from: number; to: number },
  before: AccountSums
): Promise<RecordedChange> {
  const recorded = await Promise.all(
    ['stake_records', 'delegate_records'].map((table): Promise<Row[]> =>
      db
        .from(table)
        .where({ chain_id: chainId, owner_address: address, status: 'confirmed' })
        .whereBetween('block_number', [from, to])
        .whereNull('removed_at')
        .select('operation_type', 'resource_type', 'amount')
    )
  )
  const rows = recorded.flat()
  const isKnown = rows.every(({ amount }) => amount !== null)
  return { records: rows.length, sums: isKnown ? rows.reduce(changed, before) : null }
}

function changed(sums: AccountSums, row: Row): AccountSums {
  const { operation_type: operation, resource_type: resource } = row
  const sun = BigInt(row.amount!)
  const move = (of: AccountSums['staked'], by: bigint) =>
    resource === null ? of : { ...of, [resource]: of[resource] + by }
  const { staked, delegated, unfreezing } = sums

  switch (operation) {
    case 'freeze':
      return { ...sums, staked: move(staked, sun) }
    case 'unfreeze':
      return { ...sums, staked: move(staked, -sun), unfreezing: unfreezing + sun }
    case 'cancel':
      return { ...sums, staked: move(staked, sun), unfreezing: unfreezing - sun }
    case 'withdraw':
      return { ...sums, unfreezing: unfreezing - sun }
    case 'delegate':
      return { ...sums, delegated: move(delegated, sun) }
    default:
      return { ...sums, delegated: move(delegated, -sun) }
  }
}

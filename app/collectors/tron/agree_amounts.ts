import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * What a withdraw or a cancel moved is under no root of a block. Where the unfreezings that it ended
 * add up to exactly what one endpoint told, the two agree. What was unfrozen before the account was
 * watched is not among them: then the amount stays `single`.
 */
export async function agreeAmounts(
  trx: TransactionClientContract,
  chainId: number,
  txHashes: string[]
) {
  const told = await trx
    .from('stake_records')
    .where({ chain_id: chainId, info_state: 'single' })
    .whereIn('tx_hash', txHashes)
    .whereNull('removed_at')
    .select('id', 'tx_hash', 'operation_type', 'resource_type', 'amount')

  for (const record of told) {
    const { id, tx_hash: txHash, operation_type: operation, resource_type: resource } = record
    const ended =
      operation === 'cancel'
        ? { status: 'cancelled', resource_type: resource }
        : { status: 'withdrawn' }
    if ((await endedBy(trx, chainId, txHash, ended)) === BigInt(record.amount)) {
      await trx.from('stake_records').where('id', id).update({ info_state: 'agreed' })
    }
  }
}

/** The sum in sun, computed here: amounts are text, and their sum may be more than a number holds. */
async function endedBy(
  trx: TransactionClientContract,
  chainId: number,
  txHash: string,
  ended: object
): Promise<bigint> {
  const rows = await trx
    .from('unfreeze_records')
    .where({ chain_id: chainId, closed_tx_hash: txHash, ...ended })
    .select('amount')
  return rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
}

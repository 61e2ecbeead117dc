import { tronAddress } from '#foundation/text/tron_address'
import { TronDecodeError } from '#sources/tron/decode_error'
import type {
  CountedKind,
  TronAddress,
  TronBlock,
  TronHash,
  UnreadableTransaction,
} from '#sources/tron/records'
import type { Signers } from '#sources/tron/signatures'
import { kindOf, stakeAction, type StakeAction } from '#sources/tron/stake_contracts'
import type { TronTransaction } from '#sources/tron/transaction'

/** Which accounts' stake is read: those of a list, or of the whole network. */
export type Watched = ReadonlySet<TronAddress> | 'all'

/** A stake transaction of any account. */
export interface StakeTransaction {
  txId: TronHash
  txIndex: number
  contractIndex: number
  action: StakeAction
  permissionId: number
  /** What was signed, and the signatures. */
  signed: TronTransaction
}

/** The stake that a block holds. */
export interface BlockStake {
  transactions: StakeTransaction[]
  counts: TronBlock['counts']
  unreadable: UnreadableTransaction[]
}

/**
 * Reads the stake transactions of a block from their raw bytes alone: those count that the proof covers.
 * That one is in a block means that it succeeded: nodes keep out what fails.
 */
export function readStake(transactions: readonly TronTransaction[]): BlockStake {
  const stake: BlockStake = { transactions: [], counts: {}, unreadable: [] }
  for (const [txIndex, transaction] of transactions.entries()) {
    const kind = kindOf(transaction.type)
    if (kind === null) continue

    count(stake.counts, kind)
    try {
      stake.transactions.push(...stakeOf(transaction, txIndex))
    } catch (error) {
      if (!(error instanceof TronDecodeError)) throw error
      stake.unreadable.push({ txId: transaction.id, txIndex, detail: error.message })
    }
  }
  return stake
}

/**
 * Who signed a transaction: with the permission 0 the owner, with others its operators. What is no
 * signature tells none.
 */
export async function signersOf(
  { action, permissionId, signed }: StakeTransaction,
  signers: Signers
): Promise<TronAddress[]> {
  const { rawData, signatures } = signed
  const told = await Promise.all(
    signatures.map((signature, index) =>
      signers.signerOf(rawData, signature, `${action.owner}/${permissionId}/${index}`)
    )
  )
  return told.filter((signer) => signer !== null)
}

function stakeOf(transaction: TronTransaction, txIndex: number): StakeTransaction[] {
  return transaction.contracts.flatMap((contract, contractIndex) => {
    const action = stakeAction(contract)
    if (!action) return []

    const { permissionId } = contract
    return [
      { txId: transaction.id, txIndex, contractIndex, action, permissionId, signed: transaction },
    ]
  })
}

/** Whether an action concerns one of these accounts. */
export function isWatched({ owner, receiver }: StakeAction, watched: Watched): boolean {
  if (watched === 'all') {
    return true
  }
  return (
    watched.has(tronAddress(owner)) || (receiver !== null && watched.has(tronAddress(receiver)))
  )
}

function count(counts: TronBlock['counts'], kind: CountedKind) {
  counts[kind] = (counts[kind] ?? 0) + 1
}

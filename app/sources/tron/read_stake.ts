import type { GivenBlock } from '#sources/tron/block'
import { TronDecodeError } from '#sources/tron/decode_error'
import { sha256 } from '#sources/tron/hashes'
import type {
  CountedKind,
  TronAddress,
  TronBlock,
  TronHash,
  UnreadableTransaction,
} from '#sources/tron/records'
import type { Signers } from '#sources/tron/signatures'
import { kindOf, stakeAction, type StakeAction } from '#sources/tron/stake_contracts'
import { contractType, readContracts, type TronTransaction } from '#sources/tron/transaction'

/** Which accounts' stake is read: those of a list, or of the whole network. */
export type Watched = ReadonlySet<TronAddress> | 'all'

/** A stake transaction of an account that is watched. */
export interface StakeTransaction {
  txId: TronHash
  txIndex: number
  contractIndex: number
  action: StakeAction
  permissionId: number
  signers: TronAddress[]
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
export function readStake(
  { transactions }: GivenBlock,
  watched: Watched,
  signers: Signers
): BlockStake {
  const stake: BlockStake = { transactions: [], counts: {}, unreadable: [] }
  for (const [txIndex, transaction] of transactions.entries()) {
    const kind = safeKind(transaction)
    if (kind === null) continue

    count(stake.counts, kind)
    try {
      stake.transactions.push(...stakeOf(transaction, txIndex, watched, signers))
    } catch (error) {
      if (!(error instanceof TronDecodeError)) throw error
      stake.unreadable.push({ txId: idOf(transaction), txIndex, detail: error.message })
    }
  }
  return stake
}

/** Transactions that cannot be read are no stake: a node could not have carried them out. */
function safeKind({ rawData }: TronTransaction): CountedKind | null {
  try {
    return kindOf(contractType(rawData))
  } catch (error) {
    if (!(error instanceof TronDecodeError)) throw error
    return null
  }
}

function stakeOf(
  transaction: TronTransaction,
  txIndex: number,
  watched: Watched,
  signers: Signers
): StakeTransaction[] {
  return readContracts(transaction.rawData).flatMap((contract, contractIndex) => {
    const action = stakeAction(contract)
    if (!action || !isWatched(action, watched)) return []

    const { permissionId } = contract
    const signed = signersOf(transaction, `${action.owner}/${permissionId}`, signers)
    const txId = idOf(transaction)
    return [{ txId, txIndex, contractIndex, action, permissionId, signers: signed }]
  })
}

function isWatched({ owner, receiver }: StakeAction, watched: Watched): boolean {
  return watched === 'all' || watched.has(owner) || (receiver !== null && watched.has(receiver))
}

/** With the permission 0 it is the owner, with others its operators; what is no signature tells none. */
function signersOf({ rawData, signatures }: TronTransaction, permission: string, signers: Signers) {
  return signatures.flatMap(
    (signature, index) => signers.signerOf(rawData, signature, `${permission}/${index}`) ?? []
  )
}

function count(counts: TronBlock['counts'], kind: CountedKind) {
  counts[kind] = (counts[kind] ?? 0) + 1
}

function idOf({ rawData }: TronTransaction): TronHash {
  return sha256(rawData).toString('hex')
}

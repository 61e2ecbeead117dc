import { tronAddress } from '#foundation/text/tron_address'
import type { StakeTransaction } from '#sources/tron/read_stake'
import type { InfoState, TronAddress, TronRecord } from '#sources/tron/records'
import type { StakeEffects } from '#sources/tron/transaction_info'

/** Whether only TransactionInfo tells all that a transaction did: an unfreeze also pays out what is due. */
export function needsInfo({ action }: StakeTransaction): boolean {
  return ['unfreeze', 'withdraw', 'cancel'].includes(action.kind)
}

const DAY_MS = 86_400_000

/** Time of a block, by which locks are counted, in milliseconds. */
const BLOCK_MS = 3_000

export interface RecordContext {
  /** The time of the block before, in epoch milliseconds: nodes count from it. */
  previousTimeMs: number
  /** Days between an unfreeze and its withdrawal: a parameter of the chain, 14 on mainnet. */
  unfreezeDelayDays: number
  /** What the transaction moved; undefined where no endpoint has told. */
  effects?: StakeEffects
  infoState: InfoState
  signers: TronAddress[]
}

/** The records of a stake transaction: one for each kind and resource that it moved. */
export function recordsOf(transaction: StakeTransaction, context: RecordContext): TronRecord[] {
  const { action, txId, txIndex, contractIndex, permissionId } = transaction
  const { previousTimeMs, unfreezeDelayDays, effects, infoState, signers } = context
  const { kind, lockBlocks, owner, receiver } = action
  const own: TronRecord = {
    txId,
    txIndex,
    contractIndex,
    permissionId,
    signers,
    ...action,
    owner: tronAddress(owner),
    receiver: receiver === null ? null : tronAddress(receiver),
    infoState: needsInfo(transaction) ? infoState : 'not_needed',
    causedBy: null,
    lock: lockBlocks !== null,
    availableAt: kind === 'unfreeze' ? previousTimeMs + unfreezeDelayDays * DAY_MS : null,
    lockedUntil: lockBlocks === null ? null : previousTimeMs + lockBlocks * BLOCK_MS,
  }
  const paidOut = (causedBy: TronRecord['causedBy'], amountSun: bigint | null): TronRecord => ({
    ...own,
    kind: 'withdraw',
    resource: null,
    availableAt: null,
    amountSun,
    causedBy,
  })
  const withdrawn = effects?.withdrawnSun ?? 0n

  if (kind === 'withdraw') {
    return [paidOut(null, effects ? withdrawn : null)]
  }
  if (kind === 'cancel' || kind === 'unfreeze') {
    const main = kind === 'unfreeze' ? [own] : cancelled(own, effects)
    return withdrawn > 0n ? [...main, paidOut(kind, withdrawn)] : main
  }
  return [own]
}

function cancelled(own: TronRecord, effects?: StakeEffects): TronRecord[] {
  if (!effects) {
    return [own]
  }
  const amounts = Object.entries(effects.cancelledSun) as [TronRecord['resource'], bigint][]
  return amounts.length === 0
    ? [{ ...own, amountSun: 0n }]
    : amounts.map(([resource, amountSun]) => ({ ...own, resource, amountSun }))
}

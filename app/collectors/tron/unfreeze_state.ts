import type { StakeOperation } from '#facts/tron_stake'

interface Place {
  blockNumber: number
  txIndex: number
  contractIndex: number
}

/** A transaction by which an account took out what was ready. Times are epoch milliseconds. */
export interface StakeStep extends Place {
  operation: StakeOperation
  /** The time of the block before: what is ready is decided by it. */
  networkTime: number
  txHash: string
  time: number
}

/** What ended an unfreeze. */
export interface Closing {
  state: 'withdrawn' | 'cancelled'
  txHash: string
  blockNumber: number
  time: number
}

/**
 * What ended an unfreeze; null while it is open. As java-tron does it (`UnfreezeBalanceV2Actuator`,
 * `WithdrawExpireUnfreezeActuator`, `CancelAllUnfreezeV2Actuator`): each step takes out all that is
 * ready by the time of the block before, and a cancel freezes all the rest again.
 *
 * @param steps of its owner, in the order of the chain; those before it are passed over
 */
export function closingOf(
  unfreeze: Place & { availableTime: number },
  steps: readonly StakeStep[]
): Closing | null {
  for (const step of steps) {
    if (!isAfter(step, unfreeze)) {
      continue
    }
    const { txHash, blockNumber, time } = step
    if (unfreeze.availableTime <= step.networkTime) {
      return { state: 'withdrawn', txHash, blockNumber, time }
    }
    if (step.operation === 'cancel') {
      return { state: 'cancelled', txHash, blockNumber, time }
    }
  }
  return null
}

function isAfter(one: Place, other: Place): boolean {
  return (
    (one.blockNumber - other.blockNumber ||
      one.txIndex - other.txIndex ||
      one.contractIndex - other.contractIndex) > 0
  )
}

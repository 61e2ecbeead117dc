import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addCounts } from '#delivery/outcomes/delivery_stats'
import { LEFT_OUT } from '#delivery/expressions/filter'

interface SetAside {
  targetId: number
  /** Why the job was set aside. */
  reason: string
  /** Epoch milliseconds. */
  at: number
}

/** Counts what filters left out, and what they or templates failed on, beside the attempts. */
export function countSetAside(
  trx: TransactionClientContract,
  setAside: readonly SetAside[]
): Promise<void> {
  return addCounts(
    trx,
    setAside.map(({ targetId, reason, at }) => ({
      target_id: targetId,
      outcome: outcomeOf(reason),
      duration_ms: 0,
      attempts: 1,
      total_ms: 0,
      last_at: at,
    }))
  )
}

function outcomeOf(reason: string) {
  if (reason === LEFT_OUT) {
    return 'left_out'
  }
  return reason.startsWith('the filter') ? 'filter_failed' : 'template_failed'
}

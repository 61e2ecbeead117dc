import plans from '#config/plans'
import { launchpads } from '#sources/venues'
import { amountView } from '#views/amount_view'
import type { PlanState } from '#accounts/plan_state'
import type { Viewer } from '#http/viewer'

const DAY_MS = 86_400_000

/** A plan as its owner wants to know it: which, how long still, and what is left of a trial. */
export function planView(state: PlanState, { locale, localTime, now }: Viewer) {
  const leftMs = Math.max(state.endsAt - now, 0)
  return {
    ...state,
    endsAt: state.endsAt > 0 ? localTime(state.endsAt) : null,
    daysLeft: Math.ceil(leftMs / DAY_MS),
    endsSoon: state.isRunning && leftMs <= plans.remindBeforeMs,
    credit: state.credit > 0n ? amountView(state.credit, 'BNB', locale) : null,
    trial: state.isRunning && state.plan === 'trial' ? trialUse(state.usedTrials) : null,
  }
}

function trialUse(used: readonly string[]) {
  return launchpads().map(({ name, label }) => ({ label, isUsed: used.includes(name) }))
}

import db from '@adonisjs/lucid/services/db'
import Entitlement, { type PlanName } from '#models/entitlement'

/** What somebody has paid for or tries out, as it stands. Times are epoch milliseconds. */
export interface PlanState {
  /** The plan that runs or ran last. */
  plan: PlanName | null
  endsAt: number
  isRunning: boolean
  /** Paid for and running: it may do all there is. */
  isPro: boolean
  /** Whether the free trial can still be started. */
  mayTry: boolean
  /** Wei that were paid and have bought no time yet. */
  credit: bigint
  /** Sources whose one push of the trial is used up. */
  usedTrials: string[]
}

export async function planState(userId: number, now: number): Promise<PlanState> {
  const [entitlement, used] = await Promise.all([
    Entitlement.find(userId),
    db.from('trial_pushes').where('user_id', userId).select('source'),
  ])
  const { plan, endsAt, credit, trialStartedAt } = entitlement ?? NONE
  const isRunning = endsAt > now

  return {
    plan,
    endsAt,
    isRunning,
    isPro: isRunning && plan !== 'trial',
    mayTry: trialStartedAt === null && endsAt === 0,
    credit,
    usedTrials: used.map(({ source }) => source),
  }
}

const NONE = { plan: null, endsAt: 0, credit: 0n, trialStartedAt: null }

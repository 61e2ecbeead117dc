import db from '@adonisjs/lucid/services/db'
import Entitlement, { type PlanName } from '#models/entitlement'
import { proUsers } from '#billing/plans/pro_users'

/** What a user has paid for or tries out, as it stands. Times are epoch milliseconds. */
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
  /** Sources whose one push of the trial a receiver has accepted. */
  usedTrials: string[]
}

export async function planState(userId: number, now: number): Promise<PlanState> {
  const [entitlement, pro, used] = await Promise.all([
    Entitlement.find(userId),
    proUsers(db.connection(), now).where('user_id', userId).first(),
    db
      .from('trial_pushes')
      .where('user_id', userId)
      .whereNull('pending_launch_id')
      .select('source'),
  ])
  const { plan, endsAt, credit, trialStartedAt } = entitlement ?? NONE

  return {
    plan,
    endsAt,
    isRunning: endsAt > now,
    isPro: pro !== null,
    mayTry: trialStartedAt === null && endsAt === 0,
    credit,
    usedTrials: used.map(({ source }) => source),
  }
}

const NONE = { plan: null, endsAt: 0, credit: 0n, trialStartedAt: null }

import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import type { LaunchKind } from '#facts/launch'
import plans, { type PaidPlan } from '#config/plans'
import type { PlanName } from '#models/entitlement'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { eligibleUsers } from '#billing/plans/eligible_users'
import { termsOf } from '#billing/plans/plan_terms'
import { proUsers } from '#billing/plans/pro_users'
import type { TrialPush } from '#billing/plans/trial_push'

/** One thing that a user is told of while it is so. */
export interface Eligible {
  userId: number
  plan: PlanName
  source: string
  kind: LaunchKind
}

/** Of an endpoint that is only thought of. */
export const FULLY_ELIGIBLE = { mayReceive: () => true, noteSent: () => {}, priorityOf: () => 0 }

interface Owned {
  ownerId: number | null
}

/**
 * What the owners of endpoints may be told of at one moment. The operator (null) is told of
 * everything, a user of launches for which he is eligible, of all else while he has Pro, and always
 * of what concerns himself.
 */
export class Eligibility {
  readonly #pro: ReadonlyMap<number, PaidPlan>
  readonly #launches: ReadonlyMap<string, Eligible>
  readonly #trialPushes = new Map<string, TrialPush>()

  constructor(pro: readonly { userId: number; plan: PaidPlan }[], launches: readonly Eligible[]) {
    this.#pro = new Map(pro.map(({ userId, plan }) => [userId, plan]))
    this.#launches = new Map(
      launches.map((one) => [nameOf(one.userId, `launch.${one.kind}`, one.source), one])
    )
  }

  /** Whether the owner may be told of a fact that stands. */
  mayReceive({ ownerId }: Owned, type: FactType, fact: FactRow): boolean {
    if (ownerId === null || factTypes[type].ownerColumn) {
      return true
    }
    return type === 'launch' ? this.#mayKnowLaunch(ownerId, fact) : this.#pro.has(ownerId)
  }

  /** Whether the owner is told of everything that he asks for, also of what was taken back. */
  isPro({ ownerId }: Owned): boolean {
    return ownerId === null || this.#pro.has(ownerId)
  }

  /** The `priority` of the owner's jobs. */
  priorityOf({ ownerId }: Owned): number {
    const plan = ownerId === null ? null : (this.#pro.get(ownerId) ?? null)
    return termsOf(plan, plans)?.priority ?? 0
  }

  /** Notes that a fact goes out to the owner, which in a trial takes the push of its source. */
  noteSent({ ownerId }: Owned, type: FactType, fact: FactRow) {
    const eligible = type === 'launch' && ownerId !== null && this.#eligible(ownerId, fact)
    if (eligible && eligible.plan === 'trial') {
      const { userId, source } = eligible
      this.#trialPushes.set(`${userId} ${source}`, { userId, source, launchId: Number(fact.id) })
    }
  }

  /** The pushes of trials that were noted. */
  get trialPushes(): Iterable<TrialPush> {
    return this.#trialPushes.values()
  }

  #mayKnowLaunch(userId: number, fact: FactRow): boolean {
    return (
      this.#eligible(userId, fact) !== undefined &&
      !this.#trialPushes.has(`${userId} ${fact.source}`)
    )
  }

  #eligible(userId: number, fact: FactRow): Eligible | undefined {
    return this.#launches.get(nameOf(userId, `launch.${fact.kind}`, String(fact.source)))
  }
}

function nameOf(userId: number, eventType: string, source: string): string {
  return `${userId} ${eventType} ${source}`
}

const OWNER = { user_id: 'bigint' } as const

interface LaunchRow {
  user_id: number | string
  plan: PlanName
  source: string
  kind: LaunchKind
}

/**
 * Reads what the owners of these subscribers may be told of at `now` (epoch milliseconds), of all of
 * them at once; without a user among them there is nothing to read.
 */
export async function readEligibility(
  trx: TransactionClientContract,
  subscribers: readonly { ownerId: number | null }[],
  now: number
): Promise<Eligibility> {
  const owners = new Set(subscribers.flatMap(({ ownerId }) => ownerId ?? []))
  if (owners.size === 0) {
    return new Eligibility([], [])
  }
  // As one parameter, because a statement takes only so many.
  const among = `in (select user_id from ${jsonRows(trx, 'owners', OWNER)})`
  const ids = jsonOf(
    OWNER,
    [...owners].map((id) => ({ user_id: id }))
  )
  const pro: { user_id: number | string; plan: PaidPlan }[] = await proUsers(trx, now).whereRaw(
    `user_id ${among}`,
    [ids]
  )
  const launches: LaunchRow[] = await eligibleUsers(trx, null, now).whereRaw(`users.id ${among}`, [
    ids,
  ])
  return new Eligibility(
    pro.map(({ user_id: id, plan }) => ({ userId: Number(id), plan })),
    launches.map(({ user_id: id, ...launch }) => ({ userId: Number(id), ...launch }))
  )
}

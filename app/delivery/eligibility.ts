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
import type { TrialPush } from '#billing/plans/trial_push'
import type { Subscriber } from '#delivery/subscriber'

/** One thing that a user is told of while it is so. */
export interface Eligible {
  userId: number
  plan: PlanName
  source: string
  kind: LaunchKind
}

/** Of an endpoint that is only thought of. */
export const FULLY_ELIGIBLE = { mayReceive: () => true, noteSent: () => {}, priorityOf: () => 0 }

type Owned = Pick<Subscriber, 'ownerId'> & Partial<Pick<Subscriber, 'picks'>>

/**
 * What the owners of endpoints may be told of at one moment. The operator (null) is told of
 * everything, a user of launches for which he is eligible, of all else while he has Pro (of accounts
 * of TRON only those that he watches), and always of what concerns himself. Which launches a target wants that picks for itself is its own affair:
 * its owner needs a plan that runs, and in a trial the push of the source.
 */
export class Eligibility {
  readonly #plans: ReadonlyMap<number, PlanName>
  readonly #launches: ReadonlyMap<string, Eligible>
  /** The pushes of trials that were reserved or used before. */
  readonly #takenPushes: ReadonlySet<string>
  readonly #watched: ReadonlySet<string>
  readonly #trialPushes = new Map<string, TrialPush>()

  constructor({ running, launches, takenPushes, watched }: WhatOwnersHave) {
    this.#plans = new Map(running.map(({ userId, plan }) => [userId, plan]))
    this.#launches = new Map(
      launches.map((one) => [nameOf(one.userId, `launch.${one.kind}`, one.source), one])
    )
    this.#takenPushes = new Set(takenPushes.map(({ userId, source }) => `${userId} ${source}`))
    this.#watched = new Set(watched.map(({ userId, address }) => `${userId} ${address}`))
  }

  /** Whether the owner may be told of a fact that stands. */
  mayReceive(owned: Owned, type: FactType, fact: FactRow): boolean {
    if (owned.ownerId === null || factTypes[type].ownerColumn) {
      return true
    }
    if (type === 'launch') {
      return this.#mayKnowLaunch(owned, fact)
    }
    const { watchColumns } = factTypes[type]
    return this.isPro(owned) && (!watchColumns || this.#watchesAny(owned, fact, watchColumns))
  }

  /** Whether the owner is told of everything that he asks for, also of what was taken back. */
  isPro({ ownerId }: Pick<Owned, 'ownerId'>): boolean {
    return ownerId === null || this.#paidPlan(ownerId) !== null
  }

  /** The `priority` of the owner's jobs. */
  priorityOf({ ownerId }: Pick<Owned, 'ownerId'>): number {
    const plan = ownerId === null ? null : this.#paidPlan(ownerId)
    return termsOf(plan, plans)?.priority ?? 0
  }

  /** Notes that a fact goes out to the owner, which in a trial takes the push of its source. */
  noteSent({ ownerId: userId }: Owned, type: FactType, fact: FactRow) {
    if (type === 'launch' && userId !== null && this.#plans.get(userId) === 'trial') {
      const source = String(fact.source)
      this.#trialPushes.set(`${userId} ${source}`, { userId, source, launchId: Number(fact.id) })
    }
  }

  /** The pushes of trials that were noted. */
  get trialPushes(): Iterable<TrialPush> {
    return this.#trialPushes.values()
  }

  #mayKnowLaunch({ ownerId, picks = null }: Owned, fact: FactRow): boolean {
    const push = `${ownerId} ${fact.source}`
    if (this.#trialPushes.has(push)) {
      return false
    }
    if (picks === null) {
      return this.#launches.has(nameOf(ownerId!, `launch.${fact.kind}`, String(fact.source)))
    }
    const plan = this.#plans.get(ownerId!)
    return plan !== undefined && (plan !== 'trial' || !this.#takenPushes.has(push))
  }

  #watchesAny({ ownerId }: Owned, fact: FactRow, columns: readonly string[]): boolean {
    return columns.some((column) => this.#watched.has(`${ownerId} ${fact[column]}`))
  }

  #paidPlan(userId: number): PaidPlan | null {
    const plan = this.#plans.get(userId)
    return plan === undefined || plan === 'trial' ? null : plan
  }
}

/** Of some users at one moment. */
interface WhatOwnersHave {
  /** The plans that run. */
  running: readonly { userId: number; plan: PlanName }[]
  /** What they have switched on, and may be told of. */
  launches: readonly Eligible[]
  takenPushes: readonly { userId: number; source: string }[]
  /** Accounts of TRON that they watch. */
  watched: readonly { userId: number; address: string }[]
}

function nameOf(userId: number, eventType: string, source: string): string {
  return `${userId} ${eventType} ${source}`
}

const OWNER = { user_id: 'bigint' } as const

interface PlanRow {
  user_id: number | string
  plan: PlanName
}

interface TakenRow {
  user_id: number | string
  source: string
}

interface WatchedRow {
  user_id: number | string
  address: string
}

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
  subscribers: readonly Owned[],
  now: number
): Promise<Eligibility> {
  const owners = new Set(subscribers.flatMap(({ ownerId }) => ownerId ?? []))
  if (owners.size === 0) {
    return new Eligibility({ running: [], launches: [], takenPushes: [], watched: [] })
  }
  // As one parameter, because a statement takes only so many.
  const among = `in (select user_id from ${jsonRows(trx, 'owners', OWNER)})`
  const ids = jsonOf(
    OWNER,
    [...owners].map((id) => ({ user_id: id }))
  )
  const running: PlanRow[] = await trx
    .from('entitlements')
    .where('ends_at', '>', now)
    .whereRaw(`user_id ${among}`, [ids])
    .select('user_id', 'plan')
  const taken: TakenRow[] = subscribers.some(({ picks }) => picks)
    ? await trx.from('trial_pushes').whereRaw(`user_id ${among}`, [ids]).select('user_id', 'source')
    : []
  const launches: LaunchRow[] = await eligibleUsers(trx, null, now).whereRaw(`users.id ${among}`, [
    ids,
  ])
  const watched: WatchedRow[] = await trx
    .from('tron_accounts')
    .whereRaw(`owner_id ${among}`, [ids])
    .select('owner_id as user_id', 'address')
  return new Eligibility({
    running: running.map(ofUser),
    launches: launches.map(ofUser),
    takenPushes: taken.map(ofUser),
    watched: watched.map(ofUser),
  })
}

function ofUser<Row extends { user_id: number | string }>({ user_id: id, ...row }: Row) {
  return { userId: Number(id), ...row }
}

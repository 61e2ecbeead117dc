import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { isDeadOwner, leaseOwner } from '#foundation/db/lease_owner'
import { transaction } from '#foundation/db/transaction'

/** How long bindings stay with a process that does not renew its lease, in milliseconds. */
export const LEASE_MS = 30_000

/** The time between two signs of life, in milliseconds. */
const RENEWED_MS = 10_000

/** A poll under way is ended so long before another process may begin one, in milliseconds. */
const MARGIN_MS = 5_000

/** A binding that this process polls, and the number under which it may write of it. */
export interface HeldBinding {
  id: number
  fence: number
}

/**
 * Shares the bindings among the processes that poll. One binding is polled by one process: messages
 * are handed out once, so a second one would take some of them away. A process writes one row that
 * says that it lives; the bindings that name it are its own until that row has run out. Taking a
 * binding raises its fencing number, so that a process which was only slow can store and send no more.
 */
export class PollingLease {
  readonly owner = leaseOwner()
  readonly #clock: Clock
  /** By `elapsed`: the time of the day may be set. */
  #renewedAt = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether another process may have taken the bindings: nothing of them may be polled any more. */
  get isOver(): boolean {
    return this.#clock.elapsed() >= this.#renewedAt + LEASE_MS - MARGIN_MS
  }

  /** Renews the lease when it is time to, and takes free bindings up to a fair share. */
  async keep() {
    const isDue = this.#clock.elapsed() >= this.#renewedAt + RENEWED_MS
    if (isDue || (await this.#areSomeFree())) {
      await this.#renew()
    }
  }

  /** The bindings in use that are this process's own. */
  async held(): Promise<HeldBinding[]> {
    const rows: { id: number | string; poll_fence: number }[] = await db
      .from('wechat_bot_bindings')
      .where({ status: 'active', poll_owner: this.owner })
      .orderBy('id')
      .select('id', 'poll_fence')
    return rows.map((row) => ({ id: Number(row.id), fence: row.poll_fence }))
  }

  /** How many bindings a process should have at most, so that all of them have as many. */
  async share(): Promise<number> {
    return shareOf(db.connection(), this.#clock.now())
  }

  /** Leaves bindings, which are not polled any more, to other processes. */
  async giveBack(ids: readonly number[]) {
    await db
      .from('wechat_bot_bindings')
      .whereIn('id', [...ids])
      .where('poll_owner', this.owner)
      .update({ poll_owner: null })
  }

  /** Leaves all bindings to other processes, which need not wait for the end of the lease. */
  async end() {
    await db.from('wechat_pollers').where('owner', this.owner).delete()
  }

  async #renew() {
    const startedAt = this.#clock.elapsed()
    const now = this.#clock.now()
    await transaction(async (trx) => {
      await excludeOthers(trx)
      await trx
        .knexQuery()
        .table('wechat_pollers')
        .insert({ owner: this.owner, lease_until: now + LEASE_MS })
        .onConflict('owner')
        .merge()
      await forgetDead(trx, now)
      await this.#take(trx, now)
    })
    this.#renewedAt = startedAt
  }

  async #take(trx: TransactionClientContract, now: number) {
    const [{ mine }] = await trx
      .from('wechat_bot_bindings')
      .where({ status: 'active', poll_owner: this.owner })
      .count('* as mine')
    const room = (await shareOf(trx, now)) - Number(mine)
    if (room <= 0) {
      return
    }
    const taken = free(trx, now).orderBy('id').limit(room).select('id')
    await trx
      .from('wechat_bot_bindings')
      .whereIn('id', taken)
      .update({ poll_owner: this.owner, poll_fence: trx.knexRawQuery('poll_fence + 1') })
  }

  async #areSomeFree(): Promise<boolean> {
    const found = await free(db.connection(), this.#clock.now()).select('id').first()
    return found !== null
  }
}

/** Two at once would both see the same bindings free. SQLite has one writer as it is. */
async function excludeOthers(trx: TransactionClientContract) {
  if (trx.dialect.name === 'postgres') {
    await trx.rawQuery(`select pg_advisory_xact_lock(hashtext('wechat_polling'))`)
  }
}

/** Processes that did not renew their lease, and those that can be seen to have ended. */
async function forgetDead(trx: TransactionClientContract, now: number) {
  const rows: { owner: string }[] = await trx.from('wechat_pollers').select('owner')
  const dead = rows.map(({ owner }) => owner).filter(isDeadOwner)
  await trx.from('wechat_pollers').where('lease_until', '<', now).orWhereIn('owner', dead).delete()
}

type Client = Pick<TransactionClientContract, 'from'>

/** Bindings in use that no living process has. */
function free(client: Client, now: number) {
  return client
    .from('wechat_bot_bindings')
    .where('status', 'active')
    .where((without) =>
      without
        .whereNull('poll_owner')
        .orWhereNotIn('poll_owner', (living) =>
          living.from('wechat_pollers').where('lease_until', '>=', now).select('owner')
        )
    )
}

async function shareOf(client: Client, now: number): Promise<number> {
  const [{ bindings }] = await client
    .from('wechat_bot_bindings')
    .where('status', 'active')
    .count('* as bindings')
  const [{ processes }] = await client
    .from('wechat_pollers')
    .where('lease_until', '>=', now)
    .count('* as processes')
  return Math.ceil(Number(bindings) / Math.max(1, Number(processes)))
}

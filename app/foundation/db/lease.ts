import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TransientError } from '#foundation/errors'
import { isDeadOwner, leaseOwner } from '#foundation/db/lease_owner'

/**
 * How long a lease holds without being renewed, in milliseconds: a standby takes over after that,
 * and at once when it can see that the owner's process has ended.
 */
export const LEASE_MS = 8_000

/** Another process holds the lease now: what this one has not written yet must not be written. */
export class LeaseLostError extends TransientError {
  constructor(name: string) {
    super('lease_lost', `the lease "${name}" went to another process`)
  }
}

/**
 * The right of one process to write what it reads from a chain. Taking it raises the fencing number,
 * so that the writes of a process which was only slow, not dead, are refused.
 */
export class Lease {
  readonly owner = leaseOwner()
  #fence = 0
  #heldUntil = 0
  #exists = false

  constructor(readonly name: string) {}

  /** Takes the lease when it is free, run out, a dead process's, or already ours. */
  async acquire(now: number): Promise<boolean> {
    await this.#ensureRow()
    const takeable = [this.owner, ...(await this.#deadOwner())]

    const [row] = await db
      .knexQuery()
      .table('scan_leases')
      .where('name', this.name)
      .where((free) => free.where('lease_until', '<', now).orWhereIn('owner', takeable))
      .update({
        owner: this.owner,
        lease_until: now + LEASE_MS,
        fence: db.knexRawQuery('fence + 1'),
      })
      .returning('fence')

    this.#fence = Number(row?.fence ?? 0)
    this.#heldUntil = row ? now + LEASE_MS : 0
    return row !== undefined
  }

  /** Prolongs a lease that was not used for a while; answers whether it is still ours. */
  async keep(now: number): Promise<boolean> {
    return now < this.#heldUntil - LEASE_MS / 2 || this.acquire(now)
  }

  /** Naming the owner that was found dead keeps a standby from taking the lease off another one. */
  async #deadOwner(): Promise<string[]> {
    const lease = await db.from('scan_leases').where('name', this.name).first()
    return lease?.owner && isDeadOwner(lease.owner) ? [lease.owner] : []
  }

  async #ensureRow() {
    if (this.#exists) {
      return
    }
    await db
      .knexQuery()
      .table('scan_leases')
      .insert({ name: this.name, owner: null, lease_until: 0, fence: 0 })
      .onConflict()
      .ignore()
    this.#exists = true
  }

  /**
   * Confirms the lease inside a transaction that writes, and prolongs it.
   *
   * @throws LeaseLostError when another owner has taken it; the transaction must not commit
   */
  async hold(trx: TransactionClientContract, now: number) {
    const held = await trx
      .from('scan_leases')
      .where({ name: this.name, owner: this.owner, fence: this.#fence })
      .update({ lease_until: now + LEASE_MS })

    if (Number(held) !== 1) {
      throw new LeaseLostError(this.name)
    }
    this.#heldUntil = now + LEASE_MS
  }

  /** Gives the lease back, so that a standby need not wait for its end. */
  async release() {
    await db
      .from('scan_leases')
      .where({ name: this.name, owner: this.owner, fence: this.#fence })
      .update({ lease_until: 0 })
  }
}

import type { Clock } from '#foundation/clock'
import type { Channel, Target } from '#delivery/channel'
import { expireHeld, holdJobs, releaseHeld } from '#delivery/queue/held_jobs'
import type { JobQueue } from '#delivery/queue/job_queue'

/** How often to look for held jobs that are too old, in milliseconds. */
const EXPIRE_EVERY_MS = 60_000

/**
 * Keeps the jobs of targets with gates in the state that the gate says: held while it is closed,
 * pending when it is open. Of a channel whose gates are always open it has nothing to do.
 */
export class Gatekeeper {
  readonly #channel: Channel
  readonly #clock: Clock
  #expiredAt = 0

  constructor(channel: Channel, clock: Clock) {
    this.#channel = channel
    this.#clock = clock
  }

  /** Finds out whether targets with due jobs may be sent to; the jobs of those that may not are held. */
  async check(targets: readonly Target[]) {
    const { readGates, name } = this.#channel
    if (!readGates || targets.length === 0) {
      return
    }
    await readGates(targets.map(({ id }) => id))
    await holdJobs(name, targets.flatMap(closedBy))
  }

  /**
   * Sets aside what is pending for targets that are out of service. A chat that ended may be opened
   * again, so its jobs are held: what is not too old by then is told.
   */
  async setAside(targetIds: readonly number[], queue: Pick<JobQueue, 'skip'>) {
    const { readGates, name } = this.#channel
    if (readGates) {
      const unbound = { reason: 'unbound', until: null } as const
      return holdJobs(
        name,
        targetIds.map((id) => ({ id, ...unbound }))
      )
    }
    for (const id of targetIds) {
      await queue.skip(id, 'target_disabled')
    }
  }

  /** Lets go what is held for targets that may be sent to now, and ends what is held for too long. */
  async review(targets: readonly Target[]) {
    const { readGates, name } = this.#channel
    if (!readGates) {
      return
    }
    const now = this.#clock.now()
    const open = targets.filter(({ gate }) => gate.hold === null)
    await releaseHeld(
      name,
      open.map(({ id }) => id),
      now
    )
    // A clock that was set back must not put it off.
    if (Math.abs(now - this.#expiredAt) >= EXPIRE_EVERY_MS) {
      this.#expiredAt = now
      await expireHeld(name, now)
    }
  }
}

function closedBy({ id, gate: { hold, opensAt } }: Target) {
  const until = Number.isFinite(opensAt) ? opensAt : null
  return hold === null ? [] : [{ id, reason: hold, until }]
}

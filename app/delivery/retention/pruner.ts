import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { LEFT_OUT } from '#delivery/expressions/filter'
import { JobSweep } from '#delivery/retention/job_sweep'
import type { RetentionPolicy } from '#delivery/retention/retention_policy'

/** How often old rows are looked for, and how long others may write between two steps, in ms. */
const EVERY_MS = 60_000
const BREATH_MS = 20

const SETTLED = ['sent', 'expired']
const ENDED = [...SETTLED, 'failed', 'skipped']

interface PrunerParts {
  clock: Clock
  retention: RetentionPolicy
  onFault: (error: Error) => void
}

/** Deletes what is kept of deliveries when its time is over, beside the sender. */
export class Pruner {
  readonly #parts: PrunerParts
  readonly #settled = new JobSweep(
    ({ status, reason }) => SETTLED.includes(status) || reason === LEFT_OUT
  )
  readonly #undelivered = new JobSweep(({ status }) => ENDED.includes(status))

  constructor(parts: PrunerParts) {
    this.#parts = parts
  }

  /** Works until `signal` aborts and the step under way is over. */
  async run(signal: AbortSignal) {
    const { clock, onFault } = this.#parts
    while (!signal.aborted) {
      await this.prune(signal).catch(onFault)
      await clock.sleep(EVERY_MS, signal)
    }
  }

  /** Deletes everything whose time is over. */
  async prune(signal?: AbortSignal) {
    const { clock, retention } = this.#parts
    const settledBefore = clock.now() - retention.settledMs
    const undeliveredBefore = clock.now() - retention.undeliveredMs

    await this.#sweep(this.#settled, settledBefore, signal)
    await this.#sweep(this.#undelivered, undeliveredBefore, signal)
    await db.from('push_alerts').where('event_time', '<', undeliveredBefore).delete()
  }

  async #sweep(sweep: JobSweep, before: number, signal?: AbortSignal) {
    while (!signal?.aborted && (await sweep.step(before))) {
      await this.#parts.clock.sleep(BREATH_MS, signal)
    }
  }
}

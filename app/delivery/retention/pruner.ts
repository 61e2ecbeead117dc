import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { LEFT_OUT } from '#delivery/expressions/filter'
import { deleteOldest } from '#delivery/retention/delete_oldest'
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

/** Deletes what is kept of deliveries and of people when its time is over, beside the sender. */
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

    const walletsBefore = clock.now() - retention.ocrWalletsMs

    await this.#sweep(() => this.#settled.step(settledBefore), signal)
    await this.#sweep(() => this.#undelivered.step(undeliveredBefore), signal)
    await this.#sweep(() => deleteOldest('ocr_wallet_info', walletsBefore), signal)
    await db.from('push_alerts').where('event_time', '<', undeliveredBefore).delete()
    await db.from('replays').where('ended_at', '<', undeliveredBefore).delete()
  }

  /** Takes one step after the other while there may be more to delete. */
  async #sweep(step: () => Promise<boolean>, signal?: AbortSignal) {
    while (!signal?.aborted && (await step())) {
      await this.#parts.clock.sleep(BREATH_MS, signal)
    }
  }
}

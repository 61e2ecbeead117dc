import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
import { replayStep } from '#webhooks/replays/replay_step'

interface ReplayerParts {
  clock: Clock
  /** How often the table of replays is polled, in milliseconds. */
  pollMs: number
  onFault: (error: Error) => void
}

/**
 * Works off the replays beside the sender, a small step at a time. It only releases events; they
 * are sent as all others are, in slots that new events do not need.
 */
export class Replayer {
  readonly #parts: ReplayerParts

  constructor(parts: ReplayerParts) {
    this.#parts = parts
  }

  /** Works until `signal` aborts and the step under way is over. */
  async run(signal: AbortSignal) {
    const { clock, pollMs, onFault } = this.#parts
    const steps = async () => Math.min(pollMs, await this.#stepAll(signal))
    await every(pollMs, steps, { clock, signal, onError: onFault })
  }

  /** Takes a step of each replay that is due, and answers in how many milliseconds one is next. */
  async #stepAll(signal: AbortSignal): Promise<number> {
    const { clock } = this.#parts
    for (const { id, dueAt } of await running()) {
      if (dueAt <= clock.now() && !signal.aborted) {
        await this.#step(id)
      }
    }
    const left = await running()
    const later = left.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > clock.now())
    return Math.max(1, Math.min(...later) - clock.now())
  }

  /** One replay that cannot go on does not keep the others from it. */
  async #step(id: number) {
    const { clock, onFault } = this.#parts
    try {
      await replayStep(id, clock)
    } catch (error) {
      onFault(error as Error)
    }
  }
}

async function running(): Promise<{ id: number; dueAt: number }[]> {
  const rows = await db
    .from('replays')
    .whereRaw(`state = 'running'`)
    .orderBy('next_step_at')
    .select('id', 'next_step_at')
  return rows.map((row) => ({ id: Number(row.id), dueAt: Number(row.next_step_at) }))
}

import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { replayStep } from '#delivery/replays/replay_step'

interface ReplayerParts {
  clock: Clock
  /** How often to look for replays that somebody asked for, in milliseconds. */
  pollMs: number
  onFault: (error: Error) => void
}

/**
 * Works off the replays beside the sender, a small step at a time. It only releases events; they
 * are sent as all others are, in slots that what is new does not need.
 */
export class Replayer {
  readonly #parts: ReplayerParts

  constructor(parts: ReplayerParts) {
    this.#parts = parts
  }

  /** Works until `signal` aborts and the step under way is over. */
  async run(signal: AbortSignal) {
    const { clock, pollMs, onFault } = this.#parts
    while (!signal.aborted) {
      let waitMs = pollMs
      try {
        waitMs = Math.min(pollMs, await this.#stepAll(signal))
      } catch (error) {
        onFault(error as Error)
      }
      await clock.sleep(waitMs, signal)
    }
  }

  /** Takes a step of each replay that is due, and answers in how many milliseconds one is next. */
  async #stepAll(signal: AbortSignal): Promise<number> {
    const { clock } = this.#parts
    for (const { id, dueAt } of await running()) {
      if (dueAt <= clock.now() && !signal.aborted) {
        await replayStep(id, clock)
      }
    }
    const left = await running()
    const nextAt = Math.min(...left.map(({ dueAt }) => dueAt))
    return Math.max(1, nextAt - clock.now())
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

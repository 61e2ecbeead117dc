import { OkxFailure } from '#collectors/okx/okx_failure'
import type { Clock } from '#foundation/clock'
import type { OkxEnvironment } from '#facts/on_okx'
import { textIn, type OkxRow } from '#sources/okx/row'

/** All accounts of a venue ask at the end of their connections: one answer serves them so long, in milliseconds. */
const FRESH_MS = 10_000

/** Block trading, trading bots, spread trading, copy trading: not what is read of an account. */
const OTHER_SERVICES = ['6', '7', '10', '11']

/** These may be what a maintenance looks like from here. */
const SYMPTOMS = ['busy', 'unreachable', 'disconnected', 'silent']

interface MaintenanceParts {
  environment: OkxEnvironment
  clock: Clock
  /** Asks for something that needs no key. */
  ask: (path: string, query: Record<string, string>) => Promise<{ rows: OkxRow[] }>
}

/** Whether OKX is closed as it has announced, by `GET /api/v5/system/status` (OKX's documentation of 2026-07). */
export class Maintenance {
  readonly #parts: MaintenanceParts
  #asked: { at: number; title: Promise<string | null> } | null = null

  constructor(parts: MaintenanceParts) {
    this.#parts = parts
  }

  /** The failure, or that OKX is closed, where that is why. */
  async explain(failure: OkxFailure): Promise<OkxFailure> {
    if (!SYMPTOMS.includes(failure.kind)) {
      return failure
    }
    const title = await this.#ongoing()
    return title === null ? failure : new OkxFailure('maintenance', title, null, { cause: failure })
  }

  #ongoing(): Promise<string | null> {
    const now = this.#parts.clock.elapsed()
    if (this.#asked === null || now - this.#asked.at >= FRESH_MS) {
      this.#asked = { at: now, title: ask(this.#parts) }
    }
    return this.#asked.title
  }
}

/** What the maintenance under way is called; null where there is none, or OKX does not say. */
async function ask({ environment, ask: answerTo }: MaintenanceParts): Promise<string | null> {
  try {
    const { rows } = await answerTo('/api/v5/system/status', { state: 'ongoing' })
    const row = rows.find((one) => concerns(one, environment))
    return row ? (textIn(row, 'title') ?? 'maintenance') : null
  } catch (error) {
    if (error instanceof OkxFailure) return null
    throw error
  }
}

/** `env` is 1 for live and 2 for demo trading. */
function concerns(row: OkxRow, environment: OkxEnvironment): boolean {
  const env = environment === 'demo' ? '2' : '1'
  const isOurs = (textIn(row, 'env') ?? env) === env
  return isOurs && !OTHER_SERVICES.includes(textIn(row, 'serviceType') ?? '')
}

import type { Logger } from '@adonisjs/core/logger'
import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'

/**
 * The kinds of marks of endpoints, as codes: reports and pages have the words.
 *
 * - `hides_logs`    it showed a block without logs that the block holds
 * - `invents_logs`  it showed logs that their block does not hold
 * - `misnumbers_logs` it gave one log index to two logs of a block: they are read from receipts
 * - `other_fork`    it named another block than the chain has at that number
 * - `foreign_chain` it speaks for another chain
 * - `absurd_head`   it called a block its newest that cannot be
 * - `stalled`       its newest block stays behind that of another endpoint
 * - `malformed`     it answered what no node answers
 * - `forged_block`  it showed a block that its own header or its witnesses contradict
 * - `unproven_headers` it showed a header whose fields do not make its hash
 * - `contradicts_bytes` what it decoded says other than the bytes beside it
 * - `wrong_amounts` it told other amounts than most endpoints
 * - `key_refused`   it refuses the key of its URL
 * - `no_finalized`  it does not say which block is final: a limit, and no fault
 * - `ranges_only`   it cannot be asked for the logs of a block by hash: a limit, and no fault
 */
export const MARK_REASONS = [
  'hides_logs',
  'invents_logs',
  'misnumbers_logs',
  'other_fork',
  'foreign_chain',
  'absurd_head',
  'stalled',
  'malformed',
  'forged_block',
  'unproven_headers',
  'contradicts_bytes',
  'wrong_amounts',
  'key_refused',
  'no_finalized',
  'ranges_only',
] as const

export type MarkReason = (typeof MARK_REASONS)[number]

/** Limits are shown; they say nothing against the answers. */
const LIMITS: readonly MarkReason[] = ['no_finalized', 'ranges_only']

/** What makes an endpoint one that is not believed. */
export const FAULTS = MARK_REASONS.filter((reason) => !LIMITS.includes(reason))

/** How long a mark counts; twice as long each time that it is deserved anew. In milliseconds. */
const LASTING = { firstMs: 600_000, longestMs: 86_400_000 }

/** Something wrong that an endpoint did. Times are epoch milliseconds. */
export interface EndpointMark {
  /** The host: fit for logs. */
  endpoint: string
  reason: MarkReason
  /** What was seen, in English and without any key. */
  detail: string
  since: number
  /** Until then it counts. */
  until: number
}

interface Remembered extends EndpointMark {
  /** How often it was deserved before. */
  earlier: number
}

/** An endpoint, of which its host is told. */
type Named = { readonly name: string }

/** The recent marks of the endpoints of a chain. */
export class EndpointMarks {
  readonly #marks = new Map<Named, Map<MarkReason, Remembered>>()
  #logger?: Logger

  constructor(private readonly clock: Clock) {}

  /** Warns of new marks there. */
  logTo(logger: Logger) {
    this.#logger = logger
  }

  /**
   * Notes that an endpoint was caught, unless an earlier mark with that reason still counts.
   *
   * @param detail what was seen, after the name of the endpoint
   */
  add(endpoint: Named, reason: MarkReason, detail: string) {
    if (this.has(endpoint, reason)) {
      return
    }
    const own = this.#marks.get(endpoint) ?? new Map<MarkReason, Remembered>()
    this.#marks.set(endpoint, own)

    const since = this.clock.now()
    const last = own.get(reason)
    const earlier = last ? last.earlier + 1 : 0
    const until = since + backoff(LASTING, earlier)
    own.set(reason, { endpoint: endpoint.name, reason, detail, since, until, earlier })

    const effect = LIMITS.includes(reason) ? '' : ': it is asked last for a while'
    this.#logger?.warn(`${endpoint.name} ${detail}${effect}`)
  }

  /** Takes a mark back: the endpoint is seen to be right again. */
  lift(endpoint: Named, reason: MarkReason) {
    const mark = this.#marks.get(endpoint)?.get(reason)
    if (mark) {
      mark.until = Math.min(mark.until, this.clock.now())
    }
  }

  has(endpoint: Named, reason: MarkReason): boolean {
    return this.#of(endpoint).some((mark) => mark.reason === reason)
  }

  /** Whether there is a mark that is a fault: others are asked first. */
  isDoubted(endpoint: Named): boolean {
    return this.#of(endpoint).some(({ reason }) => !LIMITS.includes(reason))
  }

  /** All marks that count, the newest first. */
  list(): EndpointMark[] {
    return [...this.#marks.keys()]
      .flatMap((endpoint) => this.#of(endpoint))
      .toSorted((one, other) => other.since - one.since)
      .map(({ earlier, ...mark }) => mark)
  }

  #of(endpoint: Named): Remembered[] {
    const now = this.clock.now()
    return [...(this.#marks.get(endpoint)?.values() ?? [])].filter(({ until }) => now < until)
  }
}

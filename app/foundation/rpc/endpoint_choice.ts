import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import type { AnyEndpoint } from '#foundation/rpc/endpoint_health'
import type { EndpointMark, EndpointMarks, MarkReason } from '#foundation/rpc/endpoint_marks'
import { leaveAlone, noteFailure } from '#foundation/rpc/note_failure'
import { mostHopeful, RpcFailure } from '#foundation/rpc/rpc_failure'
import { Silence } from '#foundation/rpc/silence'
import { gotAhead } from '#foundation/rounds'

/** Makes sure that endpoints speak for the configured chain. */
export interface ChainIdentity<Each extends AnyEndpoint> {
  /** Whether one of them ever did. */
  readonly wasRight: boolean
  /**
   * Asks an endpoint which chain it speaks for, unless it has told since its last failure.
   *
   * @throws RpcFailure `foreign` when it is not the configured one, others when it does not answer
   */
  run(endpoint: Each): Promise<void>
  /** What the operator has to correct where all of them belong to another chain. */
  refusal(said: string): Error
}

/** What is known of endpoints, for all who ask them. */
export interface KnownOfEndpoints<Each extends AnyEndpoint> {
  readonly marks: EndpointMarks
  readonly chain: ChainIdentity<Each>
}

/** The endpoints of a chain, and which of them to ask next. */
export class EndpointChoice<Each extends AnyEndpoint> {
  readonly #silence: Silence

  constructor(
    readonly endpoints: Each[],
    protected readonly clock: Clock,
    protected readonly known: KnownOfEndpoints<Each>
  ) {
    this.#silence = new Silence(clock)
  }

  /** The endpoints without a recent mark. */
  get unmarked(): Each[] {
    return this.endpoints.filter((endpoint) => !this.known.marks.isDoubted(endpoint))
  }

  /**
   * Marks an endpoint that was caught: for a while it is asked only where no other can answer, unless
   * the reason is a limit and no fault.
   *
   * @param detail what was seen, after the name of the endpoint: no URL
   */
  mark(endpoint: Each, reason: MarkReason, detail: string) {
    this.known.marks.add(endpoint, reason, detail)
  }

  /** Takes a mark back: the endpoint is seen to be right again. */
  unmark(endpoint: Each, reason: MarkReason) {
    this.known.marks.lift(endpoint, reason)
  }

  isMarked(endpoint: Each, reason: MarkReason): boolean {
    return this.known.marks.has(endpoint, reason)
  }

  /** Recent marks of endpoints, the newest first: for health, reports and the log. */
  marks(): EndpointMark[] {
    return this.known.marks.list()
  }

  /** Warns of each new mark there. */
  logMarksTo(logger: Logger) {
    this.known.marks.logTo(logger)
  }

  /** The endpoint that would be asked now. */
  get preferred(): Each {
    return this.#byPreference()[0]!
  }

  /** Since when no endpoint has answered (epoch milliseconds); null while one does. */
  silentSince(): number | null {
    return this.#silence.since()
  }

  /** Closes what is kept open between two calls. */
  close() {
    this.endpoints.forEach((endpoint) => endpoint.close())
  }

  /**
   * Runs `read` on the best endpoint, and on the next ones when it fails there. One that wants to be
   * left alone for a while is left alone, also where there is no other.
   *
   * @throws RpcFailure the most hopeful one, when no endpoint could answer
   * @throws OperatorError when all endpoints speak for another chain, and none ever spoke for this
   */
  async ask<T>(read: (endpoint: Each) => Promise<T>): Promise<T> {
    const failures: RpcFailure[] = []

    for (const endpoint of this.#byPreference()) {
      try {
        return await this.askOnly(endpoint, read)
      } catch (error) {
        failures.push(failureOf(error))
      }
    }

    this.#silence.found()
    const failure = mostHopeful(failures)
    throw failure.kind === 'foreign' && !this.known.chain.wasRight
      ? this.known.chain.refusal(failure.message)
      : failure
  }

  /** Runs `read` on every endpoint at once, and answers what those say that can. */
  async askEach<T>(read: (endpoint: Each) => Promise<T>): Promise<T[]> {
    const answers = await Promise.all(
      this.endpoints.map(async (endpoint) => {
        try {
          return [await this.askOnly(endpoint, read)]
        } catch (error) {
          failureOf(error)
          return []
        }
      })
    )
    return answers.flat(1) as T[]
  }

  /**
   * Runs `read` on this endpoint. What it answers counts when the endpoint is known to speak for
   * the right chain, before and after.
   *
   * @throws RpcFailure
   */
  async askOnly<T>(endpoint: Each, read: (endpoint: Each) => Promise<T>): Promise<T> {
    leaveAlone(endpoint, this.clock.now())
    const startedAt = this.clock.elapsed()
    try {
      await this.known.chain.run(endpoint)
      const answer = await read(endpoint)
      await this.known.chain.run(endpoint)
      this.unmark(endpoint, 'foreign_chain')
      this.unmark(endpoint, 'key_refused')
      endpoint.health.succeeded(this.clock.elapsed() - startedAt)
      this.#silence.end()
      gotAhead()
      return answer
    } catch (error) {
      noteFailure(this.known.marks, endpoint, failureOf(error), this.clock.now())
      throw error
    }
  }

  /**
   * Those that serve logs and are not paused come first, the quickest first, before those with a mark.
   * The rest is a last resort. Among those with a mark one that has stalled comes last: it knows
   * nothing new, however quick it is.
   */
  #byPreference(): Each[] {
    const now = this.clock.now()
    const rank = (endpoint: Each) =>
      (this.known.marks.isDoubted(endpoint) ? 4 : 0) +
      (this.isMarked(endpoint, 'stalled') ? 0.5 : 0) +
      (endpoint.health.servesLogs ? 0 : 2) +
      (endpoint.health.pausedUntil > now ? 1 : 0)

    return this.endpoints.toSorted(
      (a, b) => rank(a) - rank(b) || a.health.latencyMs - b.health.latencyMs
    )
  }
}

/** @throws whatever is no failure of an endpoint */
function failureOf(error: unknown): RpcFailure {
  if (error instanceof RpcFailure) {
    return error
  }
  throw error
}

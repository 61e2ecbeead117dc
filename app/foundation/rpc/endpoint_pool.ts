import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { ChainCheck, WrongChainError } from '#foundation/rpc/check_chain'
import { Endpoint } from '#foundation/rpc/endpoint'
import { EndpointMarks, type EndpointMark, type MarkReason } from '#foundation/rpc/endpoint_marks'
import { HeadGuard } from '#foundation/rpc/head_guard'
import { leaveAlone, noteFailure } from '#foundation/rpc/note_failure'
import { mostHopeful, RpcFailure } from '#foundation/rpc/rpc_failure'
import { Silence } from '#foundation/rpc/silence'
import { SpotChecks } from '#foundation/rpc/spot_checks'

/** What is known of endpoints, whichever pool asks them. */
interface Known {
  heads: HeadGuard
  marks: EndpointMarks
  chain: ChainCheck
  checks: SpotChecks
}

/** The endpoints of a chain, and which of them to ask next. */
export class EndpointPool {
  readonly endpoints: Endpoint[]
  private readonly known: Known
  readonly #silence: Silence

  constructor(
    endpoints: (string | Endpoint)[],
    private readonly chainId: number,
    private readonly clock: Clock,
    private readonly avoided?: Endpoint,
    known?: Known
  ) {
    this.known = known ?? {
      heads: new HeadGuard(this, clock),
      marks: new EndpointMarks(clock),
      chain: new ChainCheck(chainId),
      checks: new SpotChecks(clock),
    }
    this.#silence = new Silence(clock)
    this.endpoints = endpoints.map((each) => (typeof each === 'string' ? new Endpoint(each) : each))
  }

  /** What is known of the head. */
  get heads(): HeadGuard {
    return this.known.heads
  }

  /** When to check what the endpoints show. */
  get checks(): SpotChecks {
    return this.known.checks
  }

  /** The same endpoints, but asking another one than this pool would, where there is another. */
  secondOpinion(): EndpointPool {
    return new EndpointPool(this.endpoints, this.chainId, this.clock, this.preferred, this.known)
  }

  /** A pool of some of these endpoints. */
  only(endpoints: Endpoint[]): EndpointPool {
    return new EndpointPool(endpoints, this.chainId, this.clock, undefined, this.known)
  }

  /** Other endpoints than this one that may be believed; null when there are none. */
  others(endpoint: Endpoint): EndpointPool | null {
    const others = this.unmarked.filter((each) => each !== endpoint)
    return others.length > 0 ? this.only(others) : null
  }

  /** The endpoints that were not caught at anything lately. */
  get unmarked(): Endpoint[] {
    return this.endpoints.filter((endpoint) => !this.known.marks.isDoubted(endpoint))
  }

  /**
   * Marks an endpoint that was caught: for a while it is asked only where no other can answer, unless
   * the reason is a limit and no fault.
   *
   * @param detail what was seen, after the name of the endpoint: no URL
   */
  mark(endpoint: Endpoint, reason: MarkReason, detail: string) {
    this.known.marks.add(endpoint, reason, detail)
  }

  /** Takes a mark back: the endpoint is seen to be right again. */
  unmark(endpoint: Endpoint, reason: MarkReason) {
    this.known.marks.lift(endpoint, reason)
  }

  isMarked(endpoint: Endpoint, reason: MarkReason): boolean {
    return this.known.marks.has(endpoint, reason)
  }

  /** Whether it was caught showing other logs than a block holds. */
  hasLied(endpoint: Endpoint): boolean {
    return this.isMarked(endpoint, 'hides_logs') || this.isMarked(endpoint, 'invents_logs')
  }

  /** What endpoints were caught at lately, the newest first: for health, reports and the log. */
  marks(): EndpointMark[] {
    return this.known.marks.list()
  }

  /** Warns of each new mark there. */
  logMarksTo(logger: Logger) {
    this.known.marks.logTo(logger)
  }

  /** The endpoint that would be asked now. */
  get preferred(): Endpoint {
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

  /** How many blocks one call may cover there. */
  get span(): number {
    return this.preferred.health.span
  }

  /**
   * Runs `read` on the best endpoint, and on the next ones when it fails there. One that wants to be
   * left alone for a while is left alone, also where there is no other.
   *
   * @throws RpcFailure the most hopeful one, when no endpoint could answer
   * @throws WrongChainError when all endpoints speak for another chain, and none ever spoke for this
   */
  async ask<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<T> {
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
      ? new WrongChainError(failure.message)
      : failure
  }

  /** Runs `read` on every endpoint at once, and answers what those say that can. */
  async askEach<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<T[]> {
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
  async askOnly<T>(endpoint: Endpoint, read: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    const startedAt = this.clock.now()
    leaveAlone(endpoint, startedAt)
    try {
      await this.known.chain.run(endpoint)
      const answer = await read(endpoint)
      await this.known.chain.run(endpoint)
      this.unmark(endpoint, 'foreign_chain')
      this.unmark(endpoint, 'key_refused')
      endpoint.health.succeeded(this.clock.now() - startedAt)
      this.#silence.end()
      return answer
    } catch (error) {
      noteFailure(this.known.marks, endpoint, failureOf(error), this.clock.now())
      throw error
    }
  }

  /**
   * Those that serve logs and are not paused come first, the quickest first, before those with a mark.
   * The rest is a last resort.
   */
  #byPreference(): Endpoint[] {
    const now = this.clock.now()
    const rank = (endpoint: Endpoint) =>
      (this.known.marks.isDoubted(endpoint) ? 8 : 0) +
      (endpoint === this.avoided ? 4 : 0) +
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

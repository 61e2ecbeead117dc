import type { Clock } from '#foundation/clock'
import { Endpoint, refuseOtherChain } from '#foundation/rpc/endpoint'
import type { Mark, MarkReason } from '#foundation/rpc/endpoint_marks'
import { HeadGuard } from '#foundation/rpc/head_guard'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'
import { OperatorError } from '#foundation/errors'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'

/** Which of several failures to go by: the one with the most hope in it. */
const HOPE: FailureKind[] = [
  'transient',
  'timeout',
  'rate',
  'implausible',
  'lagging',
  'range',
  'no_logs',
  'permanent',
  'pruned',
]

/** How long it counts that no endpoint answered, in milliseconds. */
const FORGET_MS = 600_000

/** The endpoints of a chain, and which of them to ask next. */
export class EndpointPool {
  readonly endpoints: Endpoint[]

  /** Since when none has answered, and when that was found last; not set while one does. */
  #silence?: { since: number; seenAt: number }

  constructor(
    endpoints: (string | Endpoint)[],
    private readonly chainId: number,
    private readonly clock: Clock,
    private readonly avoided?: Endpoint,
    /** What is known of the head, which all pools of these endpoints share. */
    readonly heads = new HeadGuard(clock)
  ) {
    this.endpoints = endpoints.map((each) => (typeof each === 'string' ? new Endpoint(each) : each))
  }

  /** The same endpoints, but asking another one than this pool would, where there is another. */
  secondOpinion(): EndpointPool {
    return new EndpointPool(this.endpoints, this.chainId, this.clock, this.preferred, this.heads)
  }

  /** A pool of some of these endpoints. */
  only(endpoints: Endpoint[]): EndpointPool {
    return new EndpointPool(endpoints, this.chainId, this.clock, undefined, this.heads)
  }

  /** Other endpoints than this one that may be believed; null when there are none. */
  others(endpoint: Endpoint): EndpointPool | null {
    const others = this.unmarked.filter((each) => each !== endpoint)
    return others.length > 0 ? this.only(others) : null
  }

  /** The endpoints that were not caught at anything lately. */
  get unmarked(): Endpoint[] {
    return this.endpoints.filter(({ marks }) => !marks.at(this.clock.now()))
  }

  /**
   * Marks an endpoint that was caught: for a while it is asked only where no other can answer.
   *
   * @param detail what was seen, for the log: no URL
   */
  mark(endpoint: Endpoint, reason: MarkReason, detail: string) {
    if (endpoint.marks.add(reason, detail, this.clock.now())) {
      this.heads.onRefused(`${endpoint.name} ${detail}: it is asked last for a while`)
    }
  }

  /** The endpoints that are marked now, each with what it was caught at. */
  marks(): ({ endpoint: string } & Mark)[] {
    return this.endpoints.flatMap(({ name, marks }) => {
      const mark = marks.at(this.clock.now())
      return mark ? [{ endpoint: name, ...mark }] : []
    })
  }

  /** The endpoint that would be asked now. */
  get preferred(): Endpoint {
    return this.#byPreference()[0]!
  }

  /**
   * Since when no endpoint has answered (epoch milliseconds); null while one does. What was found long
   * ago says nothing: a standby does not ask.
   */
  silentSince(): number | null {
    const silence = this.#silence
    return silence && this.clock.now() - silence.seenAt < FORGET_MS ? silence.since : null
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
   * Runs `read` on the best endpoint, and on the next ones when it fails there.
   *
   * @throws RpcFailure the most hopeful one, when no endpoint could answer
   * @throws WrongChainError when an endpoint speaks for another chain
   */
  async ask<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    const failures: RpcFailure[] = []

    for (const endpoint of this.#byPreference()) {
      try {
        return await this.#askOne(endpoint, read)
      } catch (error) {
        failures.push(failureOf(error))
      }
    }

    const now = this.clock.now()
    this.#silence = { since: this.#silence?.since ?? now, seenAt: now }
    throw failures.toSorted((a, b) => HOPE.indexOf(a.kind) - HOPE.indexOf(b.kind))[0]!
  }

  /**
   * Runs `read` on every endpoint at once, and answers what those say that can.
   *
   * @throws WrongChainError when an endpoint speaks for another chain
   */
  async askEach<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<T[]> {
    const answers = await Promise.all(
      this.endpoints.map(async (endpoint) => {
        try {
          return [await this.#askOne(endpoint, read)]
        } catch (error) {
          failureOf(error)
          return []
        }
      })
    )
    return answers.flat(1) as T[]
  }

  async #askOne<T>(endpoint: Endpoint, read: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    const startedAt = this.clock.now()
    try {
      await this.#checkChain(endpoint)
      const answer = await read(endpoint)
      endpoint.health.succeeded(this.clock.now() - startedAt)
      this.#silence = undefined
      return answer
    } catch (error) {
      endpoint.health.failed(failureOf(error), this.clock.now())
      throw error
    }
  }

  /** An endpoint may be down when the scanner starts, so each is checked before its first answer counts. */
  async #checkChain(endpoint: Endpoint) {
    if (!endpoint.isRightChain) {
      await refuseOtherChain(endpoint, this.chainId)
      endpoint.isRightChain = true
    }
  }

  /** Those that were not caught, serve logs and are not paused come first, the quickest first. */
  #byPreference(): Endpoint[] {
    const now = this.clock.now()
    const rank = (endpoint: Endpoint) =>
      (endpoint.marks.at(now) ? 8 : 0) +
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

/**
 * Does some work with the endpoints that the environment names, and closes them after it.
 *
 * @throws OperatorError when it names none
 */
export async function withEndpoints<T>(
  { endpoints: urls, chainId }: { endpoints: string[]; chainId: number },
  clock: Clock,
  work: (endpoints: EndpointPool) => Promise<T>
): Promise<T> {
  if (urls.length === 0) {
    throw new OperatorError(
      'BSC_RPC_URL is not set: name an endpoint that serves eth_getLogs in .env, for example ' +
        'BSC_RPC_URL=https://bsc.example.com/v1/your-key'
    )
  }
  const endpoints = new EndpointPool(urls, chainId, clock)
  return work(endpoints).finally(() => endpoints.close())
}

/**
 * The newest block, or the newest that is final, as far as an endpoint can be believed.
 *
 * @throws RpcFailure
 */
export function readHead(
  endpoints: EndpointPool,
  tag: 'latest' | 'finalized'
): Promise<BlockHeader> {
  return endpoints.ask(async (endpoint) =>
    endpoints.heads.believe(endpoint, await readHeader(endpoint, tag))
  )
}

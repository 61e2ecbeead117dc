import type { Clock } from '#foundation/clock'
import { ChainCheck } from '#foundation/rpc/check_chain'
import { Endpoint } from '#foundation/rpc/endpoint'
import { EndpointChoice } from '#foundation/rpc/endpoint_choice'
import { EndpointMarks } from '#foundation/rpc/endpoint_marks'
import { HeadGuard } from '#foundation/rpc/head_guard'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { ProofBudget } from '#foundation/rpc/proof_budget'
import { SpotChecks } from '#foundation/rpc/spot_checks'

/** The JSON-RPC endpoints of an EVM chain, and which of them to ask next. */
export class EndpointPool extends EndpointChoice<Endpoint> {
  /** What is known of the head. */
  readonly heads: HeadGuard
  /** When to check what the endpoints show. */
  readonly checks: SpotChecks
  /** How much time there is to prove what one endpoint alone shows. */
  readonly proofs: ProofBudget
  /** All endpoints of the chain. */
  readonly #whole: EndpointPool

  /** @param origin the pool that these endpoints were taken from: what it knows of them is shared */
  constructor(
    endpoints: (string | Endpoint)[],
    private readonly chainId: number,
    clock: Clock,
    origin?: EndpointPool
  ) {
    super(
      endpoints.map((each) => (typeof each === 'string' ? new Endpoint(each) : each)),
      clock,
      origin?.known ?? { marks: new EndpointMarks(clock), chain: new ChainCheck(chainId) }
    )
    this.#whole = origin ? origin.#whole : this
    this.heads = origin?.heads ?? new HeadGuard(this, clock)
    this.checks = origin?.checks ?? new SpotChecks(clock)
    this.proofs = origin?.proofs ?? new ProofBudget(clock)
  }

  /** A pool of some of these endpoints. */
  only(endpoints: Endpoint[]): EndpointPool {
    return new EndpointPool(endpoints, this.chainId, this.clock, this)
  }

  /** Other endpoints than this one that may be believed; null when there are none. */
  others(endpoint: Endpoint): EndpointPool | null {
    const others = this.unmarked.filter((each) => each !== endpoint)
    return others.length > 0 ? this.only(others) : null
  }

  /** Whether it was caught showing other logs than a block holds. */
  hasLied(endpoint: Endpoint): boolean {
    return this.isMarked(endpoint, 'hides_logs') || this.isMarked(endpoint, 'invents_logs')
  }

  /**
   * As for any endpoint; and a header whose fields do not make its hash is not taken from one, where another
   * one that may be believed shows such as do. Where none of those may be, its bloom filter counts as none.
   */
  override askOnly<T>(endpoint: Endpoint, read: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    return super.askOnly(endpoint, async () => {
      const answer = await read(endpoint)
      this.#refuseUnproven(endpoint)
      return answer
    })
  }

  #refuseUnproven(endpoint: Endpoint) {
    const { health } = endpoint
    const block = health.takeUnproven()
    const { endpoints, unmarked } = this.#whole
    const provers = endpoints.filter((each) => each !== endpoint && each.health.namesRoots)
    if (block === null || provers.length === 0) return

    const wasBelieved = !health.isToNameRoots
    health.isToNameRoots = true
    const words = `showed a header of block ${block} that does not make its hash`
    const isRefused = provers.some((each) => unmarked.includes(each))
    if (isRefused) this.mark(endpoint, 'unproven_headers', words)
    if (isRefused || wasBelieved) throw new RpcFailure('transient', `${endpoint.name} ${words}`)
  }

  /** The bloom filter of a header says something only where its fields make its hash. */
  expectProvenHeaders() {
    for (const { health } of this.endpoints) health.isToNameRoots = true
  }

  /** How many blocks one call may cover there. */
  get span(): number {
    return this.preferred.health.span
  }
}

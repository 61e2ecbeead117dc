import type { Clock } from '#foundation/clock'
import { Endpoint } from '#scanner/endpoints/endpoint'
import { EndpointHealth } from '#scanner/endpoints/endpoint_health'
import { refuseOtherChain } from '#scanner/endpoints/refuse_other_chain'
import { RpcFailure } from '#scanner/endpoints/rpc_failure'

interface Member {
  endpoint: Endpoint
  health: EndpointHealth
  isRightChain: boolean
}

/** The endpoints of a chain, and which of them to ask next. */
export class EndpointPool {
  readonly #members: Member[]
  readonly #chainId: number
  readonly #clock: Clock

  constructor(urls: string[], chainId: number, clock: Clock) {
    this.#members = urls.map((url) => ({
      endpoint: new Endpoint(url),
      health: new EndpointHealth(),
      isRightChain: false,
    }))
    this.#chainId = chainId
    this.#clock = clock
  }

  get endpoints(): Endpoint[] {
    return this.#members.map(({ endpoint }) => endpoint)
  }

  /**
   * Runs `read` on the best endpoint, and on the next ones when it fails there.
   *
   * @throws RpcFailure the last one, when no endpoint could answer
   * @throws WrongChainError when an endpoint speaks for another chain
   */
  async ask<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    let failure: RpcFailure | undefined

    for (const member of this.#byPreference()) {
      const { endpoint, health } = member
      const startedAt = this.#clock.now()
      try {
        await this.#checkChain(member)
        const answer = await read(endpoint)
        health.succeeded(this.#clock.now() - startedAt)
        return answer
      } catch (error) {
        if (!(error instanceof RpcFailure)) {
          throw error
        }
        failure = error
        health.failed(failure, this.#clock.now())
      }
    }
    throw failure!
  }

  /** An endpoint may be down when the scanner starts, so each is checked before its first answer counts. */
  async #checkChain(member: Member) {
    if (!member.isRightChain) {
      await refuseOtherChain(member.endpoint, this.#chainId)
      member.isRightChain = true
    }
  }

  /** Those that serve logs and are not paused come first, the quickest first; the rest stays as a last resort. */
  #byPreference(): Member[] {
    const now = this.#clock.now()
    const rank = ({ health }: Member) =>
      (health.servesLogs ? 0 : 2) + (health.pausedUntil > now ? 1 : 0)

    return this.#members.toSorted(
      (a, b) => rank(a) - rank(b) || a.health.latencyMs - b.health.latencyMs
    )
  }
}

import type { Clock } from '#foundation/clock'
import { EndpointHealth, type AnyEndpoint } from '#foundation/rpc/endpoint_health'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { hideSecretsOf } from '#foundation/text/redact'
import { TronDecodeError } from '#sources/tron/decode_error'
import { refusalIn, thrownFailure } from '#collectors/tron/classify_answer'
import { fetchAnswer, type NodeAnswer, type NodeRequest } from '#collectors/tron/fetch_answer'

/** How long one call may take, to the last byte of its answer, in milliseconds. */
const CALL_TIMEOUT_MS = 20_000

export interface TronNodeOptions {
  clock: Clock
  /** Keys of TronGrid, tried in turn as their quotas end. */
  apiKeys?: readonly string[]
  /** Stands in for that of the network, as in tests. */
  fetch?: (url: string, request: NodeRequest) => Promise<NodeAnswer>
}

/** The HTTP interface of one node, and how it has behaved. */
export class TronNode implements AnyEndpoint {
  readonly name: string
  readonly health = new EndpointHealth()
  isRightChain = false
  readonly #base: string
  readonly #keys: readonly string[]
  #keyInUse = 0

  constructor(
    url: string,
    private readonly options: TronNodeOptions
  ) {
    this.name = new URL(url).host
    this.#base = url.replace(/\/+$/, '')
    this.#keys = mayKnowKeys(new URL(url)) ? (options.apiKeys ?? []) : []
    hideSecretsOf(url)
    this.#keys.forEach(hideSecretsOf)
  }

  /**
   * Asks `/wallet/<method>`, or the same of what is solid, with the next key where one is refused, and reads the answer.
   *
   * @throws RpcFailure, `malformed` also where `read` finds what no node answers
   */
  async ask<T>(
    method: string,
    parameters: object,
    read: (answer: unknown) => T,
    side: 'wallet' | 'walletsolidity' = 'wallet'
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return this.#readBy(read, await this.#request(`${side}/${method}`, parameters))
      } catch (error) {
        const isKeyAtFault =
          error instanceof RpcFailure && (error.refusesKey || error.kind === 'rate')
        if (!isKeyAtFault || tries >= this.#keys.length) throw error
        this.#keyInUse = (this.#keyInUse + 1) % this.#keys.length
      }
    }
  }

  close() {}

  #readBy<T>(read: (answer: unknown) => T, answer: unknown): T {
    try {
      return read(answer)
    } catch (error) {
      if (!(error instanceof TronDecodeError)) throw error
      throw new RpcFailure('malformed', `${this.name} answered what no node does: ${error.message}`)
    }
  }

  async #request(path: string, parameters: object): Promise<unknown> {
    try {
      const response = await this.#send(path, parameters)
      const text = await response.text()
      const answer = jsonIn(text)
      const refusal = refusalIn(response, text, answer, this.options.clock.now())
      if (refusal) {
        throw new RpcFailure(refusal.kind, `${this.name}: ${refusal.words}`, refusal)
      }
      return answer
    } catch (error) {
      throw thrownFailure(error, this.name)
    }
  }

  /** Once more, on a new connection, where the node had hung up: what is asked changes nothing there. */
  async #send(path: string, parameters: object): Promise<NodeAnswer> {
    const { fetch: send = fetchAnswer } = this.options
    const key = this.#keys[this.#keyInUse]
    const request: NodeRequest = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { 'TRON-PRO-API-KEY': key }) },
      body: JSON.stringify(parameters),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    }
    const url = `${this.#base}/${path}`
    return send(url, request).catch((error) => {
      if (!hadHungUp(error)) throw error
      return send(url, request)
    })
  }
}

/**
 * Whether a connection that was kept open turned out to be closed before anything was answered on it:
 * the node may have ended it while it was idle.
 */
function hadHungUp(error: unknown): boolean {
  return HUNG_UP.includes(String((error as NodeJS.ErrnoException).code))
}

const HUNG_UP = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']

/** Keys are of TronGrid: no other node is told them, but for one on this machine. */
function mayKnowKeys({ hostname, protocol }: URL): boolean {
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return isLocal || (protocol === 'https:' && /(^|\.)trongrid\.io$/.test(hostname))
}

/** Undefined for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

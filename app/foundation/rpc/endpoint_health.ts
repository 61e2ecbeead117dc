import { backoff } from '#foundation/backoff'
import type { RpcFailure } from '#foundation/rpc/rpc_failure'

/** First pause after a failure, and the longest, in milliseconds. */
const PAUSES = { firstMs: 250, longestMs: 30_000 }

/**
 * What an answer to a full span adds to it: a tenth, in blocks at most so many. A span that is too
 * wide halves, and may have cost the time of a whole call.
 */
const SPAN_GROWTH = 0.1
const LARGEST_STEP = 100

/** An endpoint of any family of chains. */
export interface AnyEndpoint {
  /** Host without path or key: fit for logs. */
  readonly name: string
  readonly health: EndpointHealth
  /** Set once it has told which chain it speaks for; unset when another may answer since. */
  isRightChain: boolean
  /** Closes what is kept open between two calls. */
  close(): void
}

/** What is remembered of one endpoint's behaviour. */
export class EndpointHealth {
  #failuresInARow = 0
  #pausedUntil = 0
  #waitsUntil = 0
  #servesLogs = true
  #latencyMs = 0
  #span = Infinity
  #widestSpan = Infinity
  #head = -1
  #rangesFailed = 0
  #hashesFailed = 0
  #unproven: number | null = null
  lastFailure?: RpcFailure
  /** Whether it can be asked for the logs of a block by hash, as far as is known. */
  servesHashes = true
  /** Whether it serves the receipts of a block, as far as is known. */
  servesReceipts = true
  /** Whether it has shown a header that names the root of its receipts for certain. */
  namesRoots = false
  /** Whether all headers of its chain are known to. */
  isToNameRoots = false
  /** Whether it has shown a bloom filter with something in it: not every node fills them. */
  fillsBlooms = false
  /** Whether it has shown a log. */
  showsLogs = false

  /** Whether a bloom filter without anything in it says that a block holds no log. */
  get meansBlankBlooms(): boolean {
    return this.fillsBlooms || !this.showsLogs
  }

  /** Whether receipts from there can prove the logs of a block without the word of another endpoint. */
  get provesLogs(): boolean {
    return this.servesReceipts && this.namesRoots
  }

  /** Notes a header, and whether its fields make its hash. */
  showedHeader(block: number, isProven: boolean) {
    this.namesRoots ||= isProven
    if (!isProven) this.#unproven = block
  }

  /** The block of a header that did not, since the last time; null where all did. */
  takeUnproven(): number | null {
    const block = this.#unproven
    this.#unproven = null
    return block
  }

  /** Whether a header that proves nothing is one to be doubted. */
  get provesHeaders(): boolean {
    return this.namesRoots || this.isToNameRoots
  }

  /** Smoothed time of an answer, in milliseconds; 0 before the first. */
  get latencyMs() {
    return this.#latencyMs
  }

  get servesLogs() {
    return this.#servesLogs
  }

  /** Epoch milliseconds until which others are asked first. */
  get pausedUntil() {
    return this.#pausedUntil
  }

  /** Epoch milliseconds until which it wants not to be asked at all. */
  get waitsUntil() {
    return this.#waitsUntil
  }

  /** How many blocks one call may cover, as far as is known. */
  get span() {
    return this.#span
  }

  /** The newest block that it is known to have; -1 before the first. */
  get head() {
    return this.#head
  }

  reached(block: number) {
    this.#head = Math.max(this.#head, block)
  }

  /** @param latencyMs 0 where the answer was known without a call */
  succeeded(latencyMs: number) {
    this.#failuresInARow = 0
    if (latencyMs > 0) {
      this.#latencyMs = this.#latencyMs ? this.#latencyMs * 0.8 + latencyMs * 0.2 : latencyMs
    }
  }

  /** Too wide a range and a lagging backend are answers, not faults: only the rest pauses. */
  failed(failure: RpcFailure, now: number) {
    this.lastFailure = failure
    if (failure.kind === 'no_logs') {
      this.#servesLogs = false
    }
    if (failure.kind === 'range' || failure.kind === 'lagging') {
      return
    }

    const pause = backoff(PAUSES, this.#failuresInARow++)
    this.#pausedUntil = now + Math.max(failure.retryAfterMs ?? 0, pause)
    this.#waitsUntil = now + (failure.retryAfterMs ?? 0)
  }

  /** A call over `blocks` blocks was too wide; a limit that the endpoint states only ever tightens. */
  spanWasTooWide(blocks: number, statedLimit?: number) {
    this.#widestSpan = Math.min(this.#widestSpan, statedLimit ?? Infinity)
    this.#span = Math.max(1, Math.min(Math.floor(blocks / 2), this.#span, this.#widestSpan))
  }

  /** A call over several blocks failed in a way that says nothing of its width; answers how often in a row. */
  rangeFailed(): number {
    return ++this.#rangesFailed
  }

  /** A call by a block's hash failed, and not because of its width; answers how often in a row. */
  hashFailed(): number {
    return ++this.#hashesFailed
  }

  hashWorked() {
    this.#hashesFailed = 0
  }

  spanWorked(blocks: number) {
    this.#rangesFailed = 0
    if (blocks >= this.#span) {
      const step = Math.min(Math.ceil(this.#span * SPAN_GROWTH), LARGEST_STEP)
      this.#span = Math.min(this.#span + step, this.#widestSpan)
    }
  }
}

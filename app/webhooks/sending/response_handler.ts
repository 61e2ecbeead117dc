import type { Dispatcher } from 'undici'
import { storable } from '#foundation/text/whole_text'
import type { Answer } from '#delivery/channel'

/** How much of an answer is kept. A longer body is cut there: the rest is of no use. */
const HEAD_BYTES = 4096

/** A receiver's answer with the headers that matter. */
export interface WebhookAnswer extends Answer {
  retryAfter?: string
  location?: string
}

/** A timer that runs so late, in milliseconds, tells that this process stood still. */
const LATE_MS = 250

/** The time for a request was over before its answer came. */
export class DeadlineError extends Error {
  code = 'E_DEADLINE'
}

/**
 * One request and its answer, within one deadline for connecting, headers and body together. The
 * answer counts from its status line on: a body that drips, breaks off or never ends is cut and
 * changes nothing.
 */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #timeoutMs: number
  #timer: NodeJS.Timeout
  /** By `performance.now()`. */
  #dueAt: number
  /** How long this process stood still meanwhile, in milliseconds. */
  #stoodStillMs = 0
  readonly #settle: (result: WebhookAnswer | Error) => void
  #controller?: Dispatcher.DispatchController
  #answer?: Omit<WebhookAnswer, 'head'>
  #chunks: Buffer[] = []
  #received = 0
  #isSettled = false

  constructor(timeoutMs: number, settle: (result: WebhookAnswer | Error) => void) {
    this.#settle = settle
    this.#timeoutMs = timeoutMs
    this.#dueAt = performance.now() + timeoutMs
    this.#timer = setTimeout(() => this.#onDue(), timeoutMs)
  }

  /**
   * Timers run before sockets are read: what has come already is read first. Time in which this
   * process was stopped or busy is not the receiver's, which is given as much again, at most twice
   * its own.
   */
  #onDue() {
    const lateMs = performance.now() - this.#dueAt
    const extraMs = Math.min(lateMs, this.#timeoutMs - this.#stoodStillMs)
    if (lateMs > LATE_MS && extraMs > 0) {
      this.#stoodStillMs += extraMs
      this.#dueAt = performance.now() + extraMs
      this.#timer = setTimeout(() => this.#onDue(), extraMs)
      return
    }
    const reason = new DeadlineError(`${Math.round(this.#timeoutMs)} ms have passed`)
    setImmediate(() => this.cut(reason))
  }

  /** Ends the exchange now: with the answer if its status has come, with `reason` otherwise. */
  cut(reason: Error) {
    this.#finish(reason)
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.#controller = controller
    if (this.#isSettled) {
      controller.abort(new DeadlineError('too late to be sent'))
    }
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>
  ) {
    if (status >= 200) {
      this.#answer = {
        status,
        retryAfter: first(headers['retry-after']),
        location: first(headers.location),
      }
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer) {
    this.#chunks.push(chunk)
    this.#received += chunk.length
    if (this.#received > HEAD_BYTES) {
      this.cut(new Error('the body is longer than what is kept'))
    }
  }

  onResponseEnd() {
    this.#finish()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error) {
    this.#finish(error)
  }

  /** @param reason what to tell when no status has come */
  #finish(reason?: Error) {
    if (this.#isSettled) {
      return
    }
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#settle(this.#result(reason))
  }

  #result(reason?: Error): WebhookAnswer | Error {
    return this.#answer
      ? { ...this.#answer, head: this.#head() }
      : (reason ?? new Error('the answer has no status'))
  }

  #head(): string {
    if (this.#received === 0) {
      return ''
    }
    const bytes = Buffer.concat(this.#chunks).subarray(0, HEAD_BYTES)
    return storable(bytes.toString('utf8'), HEAD_BYTES)
  }
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

import type { Dispatcher } from 'undici'
import { storable } from '#delivery/outcomes/outcome'
import type { Answer } from '#delivery/channel'

/** How much of an answer is kept. A longer body is cut there: the rest is of no use. */
const HEAD_BYTES = 4096

/** A receiver's answer with the headers that matter. */
export interface WebhookAnswer extends Answer {
  retryAfter?: string
  location?: string
}

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
  readonly #timer: NodeJS.Timeout
  readonly #settle: (result: WebhookAnswer | Error) => void
  #controller?: Dispatcher.DispatchController
  #answer?: Omit<WebhookAnswer, 'head'>
  #chunks: Buffer[] = []
  #received = 0
  #isSettled = false

  constructor(timeoutMs: number, settle: (result: WebhookAnswer | Error) => void) {
    this.#settle = settle
    this.#timer = setTimeout(
      () => this.cut(new DeadlineError(`${timeoutMs} ms have passed`)),
      timeoutMs
    )
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

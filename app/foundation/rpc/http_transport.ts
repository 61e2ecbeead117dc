import { STATUS_CODES } from 'node:http'
import { Agent, interceptors, request } from 'undici'
import { HttpRequestError, ResponseBodyTooLargeError, RpcRequestError } from 'viem'
import { withoutCredentials } from '#foundation/net/url_credentials'
import { answerText } from '#foundation/net/answer_text'

/** The longest answer that is read, in bytes. A longer one is asked for again in a narrower range. */
const LONGEST_ANSWER = 10_485_760

const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }))

/**
 * JSON-RPC over HTTP, with viem's errors. viem's own transport builds each request twice and an
 * error for its timeout beforehand, and reads answers through web streams: it takes four times the CPU.
 */
export class HttpTransport {
  readonly #url: string
  readonly #headers: Record<string, string>
  #lastId = 0

  constructor(url: string) {
    const { bare, authorization } = withoutCredentials(url)
    this.#url = bare
    this.#headers = {
      'content-type': 'application/json',
      'accept': 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'regou',
      ...authorization,
    }
  }

  /**
   * Answers the result of a call.
   *
   * @throws RpcRequestError, ResponseBodyTooLargeError or HttpRequestError
   */
  async request(call: { method: string; params: unknown[] }, signal: AbortSignal) {
    const body = { jsonrpc: '2.0', id: ++this.#lastId, ...call }
    const url = this.#url
    const { error, result } = await this.#post(body, signal).catch((cause) => {
      if (cause instanceof HttpRequestError || cause instanceof ResponseBodyTooLargeError) {
        throw cause
      }
      throw new HttpRequestError({ body, cause, url })
    })
    if (error) throw new RpcRequestError({ body, error, url })
    return result
  }

  async #post(call: Record<string, unknown>, signal: AbortSignal): Promise<RpcAnswer> {
    const sent = { method: 'POST', headers: this.#headers, body: JSON.stringify(call) } as const
    const asked = request(this.#url, { ...sent, signal, dispatcher })
    const { statusCode, headers, body } = await asked.catch((cause) => {
      throw new TypeError('fetch failed', { cause })
    })
    const isZipped = headers['content-encoding'] === 'gzip'
    const text = await answerText(body, isZipped, LONGEST_ANSWER)
    if (text === null) {
      // How long it is is not known: no more of it is read.
      throw new ResponseBodyTooLargeError({ maxSize: LONGEST_ANSWER, size: LONGEST_ANSWER + 1 })
    }
    const isOk = statusCode >= 200 && statusCode < 300
    const answer = answerIn(text, isOk)
    if (isOk || isRpcError(answer.error)) {
      return answer
    }
    throw new HttpRequestError({
      body: call,
      details: JSON.stringify(answer.error) || STATUS_CODES[statusCode],
      headers: new Headers(headers as Record<string, string>),
      status: statusCode,
      url: this.#url,
    })
  }
}

interface RpcAnswer {
  error?: { code: number; message: string }
  result?: unknown
}

/** What is no JSON is the error of an answer that failed anyway: a page of a gateway, or a sentence. */
function answerIn(text: string, isOk: boolean): RpcAnswer {
  try {
    return Object(JSON.parse(text || '{}'))
  } catch (error) {
    if (isOk) throw error
    return { error: text as never }
  }
}

function isRpcError(error: RpcAnswer['error']): boolean {
  return typeof error?.code === 'number' && typeof error.message === 'string'
}

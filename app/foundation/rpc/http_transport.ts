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
    const { id, error, result } = await this.#post(body, signal).catch((cause) => {
      if (cause instanceof HttpRequestError || cause instanceof ResponseBodyTooLargeError) {
        throw cause
      }
      throw new HttpRequestError({ body, cause, url })
    })
    if (error) throw new RpcRequestError({ body, error, url })
    if (!isSameId(id, body.id)) {
      throw new HttpRequestError({ body, details: 'answered another request', url })
    }
    return result
  }

  async #post(call: Record<string, unknown>, signal: AbortSignal): Promise<RpcAnswer> {
    const sent = { method: 'POST', headers: this.#headers, body: JSON.stringify(call) } as const
    const asked = request(this.#url, { ...sent, signal, dispatcher })
    const { statusCode, headers, body } = await asked.catch((cause) => {
      throw new TypeError('fetch failed', { cause })
    })
    const isZipped = /^(x-)?gzip$/i.test(String(headers['content-encoding']))
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
      headers: new Headers(retryAfterOf(headers)),
      status: statusCode,
      url: this.#url,
    })
  }
}

/** Of the headers this one matters. It is digits or a date: what is more than ASCII cannot be kept. */
function retryAfterOf({ 'retry-after': told }: Record<string, string | string[] | undefined>) {
  const isPlain = typeof told === 'string' && /^[ -~]*$/.test(told)
  return isPlain ? { 'retry-after': told } : {}
}

/** Gateways that cache may answer another request's answer. Some make the number text, or leave it out. */
function isSameId(answered: unknown, sent: number): boolean {
  return (answered ?? sent) === sent || answered === String(sent)
}

interface RpcAnswer {
  id?: unknown
  error?: { code: number; message: string }
  result?: unknown
}

/** What is no JSON is the error of an answer that failed anyway: a page of a gateway, or a sentence. */
function answerIn(text: string, isOk: boolean): RpcAnswer {
  try {
    // RFC 8259 lets a reader pass over the mark that some servers put in front.
    return Object(JSON.parse(text.replace(/^\uFEFF/, '') || '{}'))
  } catch (error) {
    if (isOk) throw error
    return { error: text as never }
  }
}

function isRpcError(error: RpcAnswer['error']): boolean {
  return typeof error?.code === 'number' && typeof error.message === 'string'
}

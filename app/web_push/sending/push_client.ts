import { Agent, request } from 'undici'
import type { buildConnector } from 'undici'
import type { AddressGuard } from '#foundation/net/address_guard'
import { answerText } from '#foundation/net/answer_text'
import { GuardedDialer } from '#foundation/net/guarded_dialer'
import { retryAfterMs } from '#foundation/text/retry_after'
import { encryptedMessage, type SubscriptionKeys } from '#web_push/message/encrypted_message'
import type { ServerKey } from '#web_push/message/server_key'

/** For connecting, and for the whole request, in milliseconds. */
const CONNECT_MS = 10_000
const REQUEST_MS = 20_000

/** The longest wait that a push service may ask for, in milliseconds. */
const LONGEST_WAIT_MS = 3_600_000

/** The longest answer that is read, in bytes, and what is kept of it, in characters. */
const LONGEST_ANSWER = 65_536
const HEAD_CHARACTERS = 500

export interface Subscription extends SubscriptionKeys {
  endpoint: string
}

export interface OutgoingPush {
  text: string
  /** How long the push service keeps it for a browser that is away, in seconds. */
  ttlSeconds: number
  /** One of the same topic takes the place of another that still waits there (RFC 8030 §5.4). */
  topic: string
}

/** What came back, or why nothing did. */
export type PushAnswer =
  | { status: number; head: string; retryAfterMs: number | null }
  /** `isUnsent`: no connection came about, so it did not arrive. */
  | { error: string; isUnsent: boolean }

/** Posts messages to push services (RFC 8030): allowed addresses only, no redirects. */
export class PushClient {
  readonly #agent: Agent
  readonly #key: ServerKey

  constructor(key: ServerKey, guard: AddressGuard) {
    this.#key = key
    this.#agent = new Agent({ allowH2: false, connect: guardedConnector(guard) })
  }

  /** Never rejects. The endpoint is a secret of the browser, and never part of an answer. */
  async send(
    { endpoint, ...keys }: Subscription,
    { text, ttlSeconds, topic }: OutgoingPush,
    now: number
  ): Promise<PushAnswer> {
    try {
      const { statusCode, headers, body } = await request(endpoint, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(REQUEST_MS),
        headers: {
          'authorization': this.#key.authorization(new URL(endpoint).origin, now),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          'ttl': String(ttlSeconds),
          'urgency': 'high',
          topic,
        },
        body: encryptedMessage(text, keys),
      })
      // The status decides: words that break off or do not end change nothing about it.
      const words = await answerText(body, false, LONGEST_ANSWER).catch(() => null)
      const wait = headers['retry-after']
      return {
        status: statusCode,
        head: (words ?? '').slice(0, HEAD_CHARACTERS),
        retryAfterMs: retryAfterMs(String(wait ?? ''), now, LONGEST_WAIT_MS),
      }
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      const words = (code || message).replaceAll(endpoint, '…')
      return { error: words, isUnsent: UNSENT.test(code) }
    }
  }

  async close() {
    await this.#agent.destroy()
  }
}

const UNSENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|E_\w+|UND_ERR_CONNECT\w*)$/

/** A connection of its own guard for each socket, given up when it takes too long. */
function guardedConnector(guard: AddressGuard): buildConnector.connector {
  return (options, callback) => {
    const dialer = new GuardedDialer(guard)
    let isOver = false
    const end: buildConnector.Callback = (...result) => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      callback(...result)
    }
    const timer = setTimeout(() => {
      end(dialer.pending ?? new Error('no connection in time'), null)
      dialer.stop()
    }, CONNECT_MS)
    dialer.connect(options, end)
  }
}

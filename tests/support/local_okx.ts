import { createHmac } from 'node:crypto'
import { LocalOkx } from '#demo/okx/local_okx'
import type { AccountOptions, VenueAccount } from '#demo/okx/venue_account'
import { SettableClock } from '#tests/support/settable_clock'

/** A venue with one account that has money, and a clock that the test sets. */
export function openVenue(options: AccountOptions = {}) {
  const clock = new SettableClock()
  const okx = new LocalOkx({ clock })
  const account = okx.venue.addAccount(options)
  account.transfer('USDT', '10000')
  return {
    okx,
    venue: okx.venue,
    account,
    clock,
    /** Lets so many milliseconds pass, in steps of a second, and what they bring happen. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 1000) {
        clock.pass(Math.min(left, 1000))
        okx.venue.tick()
        await settled()
      }
    },
  }
}

/** After it, everything that was said in this process has been heard. */
export async function settled() {
  await new Promise(setImmediate)
}

/** Asks the venue with a signature, and answers the body. */
export async function askVenue(
  okx: LocalOkx,
  { key, isDemo }: VenueAccount,
  path: string,
  changes: {
    headers?: Record<string, string>
    secret?: string
    method?: string
    body?: string
  } = {}
) {
  const { method = 'GET', body = '', secret = key.secret } = changes
  const timestamp =
    changes.headers?.['OK-ACCESS-TIMESTAMP'] ?? new Date(okx.venue.now()).toISOString()
  const response = await okx.fetch(`https://www.okx.com${path}`, {
    method,
    headers: {
      'OK-ACCESS-KEY': key.apiKey,
      'OK-ACCESS-PASSPHRASE': key.passphrase,
      'OK-ACCESS-TIMESTAMP': timestamp,
      'OK-ACCESS-SIGN': sign(secret, timestamp + method + path + body),
      ...(isDemo && { 'x-simulated-trading': '1' }),
      ...changes.headers,
    },
    ...(body && { body }),
  })
  return { status: response.status, ...((await response.json()) as VenueBody) }
}

interface VenueBody {
  code: string
  msg: string
  data?: Record<string, any>[]
}

/** A client that keeps what it hears. */
export class VenueClient {
  readonly heard: Record<string, any>[] = []
  readonly texts: string[] = []
  closedWith: number | null = null
  readonly #socket: WebSocket

  private constructor(okx: LocalOkx, kind: string) {
    this.#socket = okx.connect(`wss://ws.okx.com:8443/ws/v5/${kind}`)
    this.#socket.addEventListener('message', ({ data }) => {
      if (data === 'pong') this.texts.push(data)
      else this.heard.push(JSON.parse(data))
    })
    this.#socket.addEventListener('close', ({ code }) => (this.closedWith = code))
  }

  static async open(okx: LocalOkx, kind = 'private') {
    const client = new VenueClient(okx, kind)
    await settled()
    return client
  }

  async say(message: unknown) {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message))
    await settled()
  }

  async logIn(okx: LocalOkx, { key }: VenueAccount, changes: Record<string, string> = {}) {
    const timestamp = changes.timestamp ?? String(okx.venue.now() / 1000)
    const { apiKey, passphrase, secret } = key
    const signature = sign(secret, `${timestamp}GET/users/self/verify`)
    const login = { apiKey, passphrase, timestamp, sign: signature, ...changes }
    await this.say({ op: 'login', args: [login] })
  }

  async subscribe(...args: Record<string, string>[]) {
    await this.say({ op: 'subscribe', args })
  }

  /** The messages of a channel. */
  of(channel: string) {
    return this.heard.filter(({ arg, event }) => arg?.channel === channel && !event)
  }

  close() {
    this.#socket.close()
  }
}

function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64')
}

import limiter from '@adonisjs/limiter/services/main'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { loginLimit } from '#config/limiter'
import { appUrl } from '#tests/support/app_url'

/** A wallet of its own for each call. */
export function someWallet() {
  return privateKeyToAccount(generatePrivateKey())
}

interface Answer {
  status: number
  /** Where a redirect leads, or null. */
  location: string | null
  text: string
  headers: Headers
}

/** A browser as far as HTTP goes: it keeps cookies and sends forms with the token of their page. */
export class Visitor {
  readonly #cookies = new Map<string, string>()

  constructor(private readonly language = 'en') {}

  get(path: string) {
    return this.#ask(path, { method: 'GET' })
  }

  /** Sends a form as one of the visitor's pages would. */
  async post(path: string, fields: Record<string, string | string[]> = {}) {
    const body = new URLSearchParams({ _csrf: await this.#token() })
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) body.append(name, one)
    }
    return this.#ask(path, { method: 'POST', body })
  }

  /** The message that the site writes for a wallet. */
  async loginMessage(address: string): Promise<string> {
    const { text } = await this.#ask('/login/message', {
      method: 'POST',
      headers: {
        'accept': 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': await this.#token(),
      },
      body: JSON.stringify({ address }),
    })
    return JSON.parse(text).message
  }

  /** Logs in as the pages' script does, however many have from this machine before. */
  async logIn(wallet = someWallet()) {
    await limiter.use(loginLimit).clear()
    const message = await this.loginMessage(wallet.address)
    const signature = await wallet.signMessage({ message })
    return this.post('/login', { message, signature, time_zone: 'Asia/Tokyo' })
  }

  /** Says whether the user center is open to this visitor. */
  async isLoggedIn(): Promise<boolean> {
    const { status } = await this.get('/user-center')
    return status === 200
  }

  async #token(): Promise<string> {
    const login = await this.get('/login')
    const page = login.location ? await this.get(login.location) : login
    return /name='_csrf' value='([^']+)'/.exec(page.text)?.[1] ?? ''
  }

  /** What its browser sends with every request. */
  get headers() {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { 'accept-language': this.language, cookie }
  }

  async #ask(path: string, request: RequestInit): Promise<Answer> {
    const headers = { ...request.headers, ...this.headers }
    const response = await fetch(appUrl(path), { ...request, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
      this.#cookies.set(name!, value!)
    }
    const location = response.headers.get('location')
    const { status } = response
    return { status, location, text: await response.text(), headers: response.headers }
  }
}

import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Clock } from '#foundation/clock'

/** A message that a browser was given, read with its own keys. */
export interface ReadMessage {
  endpoint: string
  text: string
  ttl: number
  topic: string | null
}

/** How the service answers from now on, instead of taking what is right. */
export interface PushFault {
  status: number
  headers?: Record<string, string>
}

/** What a push service keeps of a header at most (RFC 8292 §2), in seconds. */
const LONGEST_CLAIM = 24 * 3600

/**
 * A push service on this machine, with the browsers that subscribe at it: RFC 8030, 8291 and 8292 from
 * the other side. It refuses what the real ones refuse, and reads each message as a browser would.
 */
export class PlayPushService {
  readonly messages: ReadMessage[] = []
  /** Why requests were refused. */
  readonly refusals: string[] = []
  fault: PushFault | null = null
  readonly #clock: Pick<Clock, 'now'>
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #browsers = new Map<string, Browser>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  async listen() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** A browser subscribes with the public key of a site, and gets what it hands to the site. */
  subscribe(serverKey: string) {
    const browser = new Browser(serverKey)
    const path = `/push/${randomBytes(16).toString('base64url')}`
    this.#browsers.set(path, browser)
    return { endpoint: `http://${this.host}${path}`, keys: browser.keys }
  }

  /** The browser is gone: its endpoint answers 410. */
  forget(endpoint: string) {
    this.#browsers.delete(new URL(endpoint).pathname)
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const body = await buffer(request)
    const { status, headers = {} } = this.fault ?? this.#judge(request, body)
    response.writeHead(status, headers).end()
  }

  #judge({ url = '', headers }: IncomingMessage, body: Buffer): PushFault {
    const browser = this.#browsers.get(url)
    if (!browser) return { status: 410 }

    const problem =
      problemOfHeaders(headers) ??
      problemOfClaim(String(headers.authorization), `http://${this.host}`, browser, this.#clock)
    if (problem) {
      this.refusals.push(problem)
      return { status: problem.startsWith('vapid') ? 403 : 400 }
    }
    this.messages.push({
      endpoint: `http://${this.host}${url}`,
      text: browser.read(body),
      ttl: Number(headers.ttl),
      topic: (headers.topic as string | undefined) ?? null,
    })
    return { status: 201 }
  }
}

/** The keys of one subscription, and how its messages are read: RFC 8291 §3, RFC 8188 §2. */
class Browser {
  readonly #curve = createECDH('prime256v1')
  readonly #auth = randomBytes(16)

  constructor(readonly serverKey: string) {
    this.#curve.generateKeys()
  }

  get keys() {
    return {
      p256dh: this.#curve.getPublicKey().toString('base64url'),
      auth: this.#auth.toString('base64url'),
    }
  }

  read(body: Buffer): string {
    const [salt, size] = [body.subarray(0, 16), body.readUInt32BE(16)]
    const sender = body.subarray(21, 21 + body[20]!)
    const record = body.subarray(21 + body[20]!)
    if (record.length > size) throw new Error('more than one record')

    const shared = this.#curve.computeSecret(sender)
    const own = this.#curve.getPublicKey()
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender])
    const secret = Buffer.from(hkdfSync('sha256', shared, this.#auth, info, 32))
    const part = (name: string, bytes: number) =>
      Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, bytes))
    const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
    decipher.setAuthTag(record.subarray(-16))
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
    return padded.subarray(0, padded.lastIndexOf(2)).toString()
  }
}

function problemOfHeaders(headers: IncomingMessage['headers']): string | null {
  if (headers['content-encoding'] !== 'aes128gcm') return 'no content encoding aes128gcm'
  if (!/^\d+$/.test(String(headers.ttl))) return 'no TTL'
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(String(headers.topic))) return 'topic'
  return null
}

/** What is wrong with the signed header (RFC 8292 §2, §3); null: nothing. */
export function problemOfClaim(
  authorization: string,
  origin: string,
  { serverKey }: { serverKey: string },
  clock: Pick<Clock, 'now'>
): string | null {
  const [, token = '', key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  if (key !== serverKey) return 'vapid: not the key that the browser subscribed with'
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString('base64url')
  )
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url')
  )
  if (!isSigned) return 'vapid: the signature is not right'

  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const left = exp - clock.now() / 1000
  if (aud !== origin) return 'vapid: for another push service'
  if (left <= 0 || left > LONGEST_CLAIM) return 'vapid: too old, or good for too long'
  return /^(mailto:|https:)/.test(sub) ? null : 'vapid: nobody to ask'
}

import { createECDH, createPrivateKey, sign, type KeyObject } from 'node:crypto'

/** How long a signed header is good for; a push service takes 24 hours at most (RFC 8292 §2). */
const GOOD_FOR_MS = 12 * 3_600_000

/** A header is used again for so long, in milliseconds: signing takes as long as the rest. */
const KEPT_MS = 3_600_000

/** Who this installation is for push services (VAPID, RFC 8292). */
export class ServerKey {
  /** As browsers subscribe with it: base64url of the point. */
  readonly publicKey: string
  readonly #key: KeyObject
  readonly #subject: string
  readonly #headers = new Map<string, { header: string; madeAt: number }>()

  /**
   * @param secret 32 bytes in base64url
   * @param subject whom a push service can ask: `mailto:` or `https:`
   */
  constructor(secret: string, subject: string) {
    const curve = createECDH('prime256v1')
    curve.setPrivateKey(Buffer.from(secret, 'base64url'))
    const point = curve.getPublicKey()
    this.publicKey = point.toString('base64url')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
      part.toString('base64url')
    )
    const jwk = { kty: 'EC', crv: 'P-256', d: secret, x, y }
    this.#key = createPrivateKey({ key: jwk, format: 'jwk' })
    this.#subject = subject
  }

  /** The header `Authorization` for a push service. Times are epoch milliseconds. */
  authorization(origin: string, now: number): string {
    const known = this.#headers.get(origin)
    if (known && now - known.madeAt < KEPT_MS && now >= known.madeAt) return known.header

    const claims = {
      aud: origin,
      exp: Math.floor((now + GOOD_FOR_MS) / 1000),
      sub: this.#subject,
    }
    const signed = [{ typ: 'JWT', alg: 'ES256' }, claims].map(encoded).join('.')
    const signature = sign('sha256', Buffer.from(signed), {
      key: this.#key,
      dsaEncoding: 'ieee-p1363',
    })
    const header = `vapid t=${signed}.${signature.toString('base64url')}, k=${this.publicKey}`
    this.#headers.set(origin, { header, madeAt: now })
    return header
  }
}

/** A new secret for a `ServerKey`. */
export function newServerSecret(): string {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  // A key that begins with zeros is shorter.
  return Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()])
    .subarray(-32)
    .toString('base64url')
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

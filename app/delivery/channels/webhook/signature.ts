import { createHmac } from 'node:crypto'

/** Bytes that a signing secret must have, by the Standard Webhooks specification. */
const SHORTEST = 24
const LONGEST = 64

/**
 * The key of a Standard Webhooks secret: base64 behind an optional `whsec_`.
 *
 * @throws when the text is not base64 of 24 to 64 bytes
 */
export function signingKey(secret: string): Buffer {
  const encoded = secret.replace(/^whsec_/, '')
  const key = Buffer.from(encoded, 'base64')

  if (!/^[A-Za-z0-9+/_-]+=*$/.test(encoded) || key.length < SHORTEST || key.length > LONGEST) {
    throw new Error(
      `A signing secret is whsec_ and ${SHORTEST} to ${LONGEST} bytes in base64. Make one with: ` +
        `node -e 'console.log("whsec_" + crypto.randomBytes(32).toString("base64"))'`
    )
  }
  return key
}

/**
 * The `webhook-signature` header: one `v1` signature per key, so that a receiver that knows either
 * the old or the new secret is content while a secret is rotated.
 *
 * @param timestamp Unix seconds, as in the `webhook-timestamp` header
 */
export function sign(keys: readonly Buffer[], id: string, timestamp: number, body: string): string {
  const content = `${id}.${timestamp}.${body}`
  return keys
    .map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`)
    .join(' ')
}

import { createCipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto'

const CURVE = 'prime256v1'

/** The record size that the header names; a message is one record. */
const RECORD_BYTES = 4096

/** Behind the last byte of the last record (RFC 8188 §2). */
const LAST_RECORD = 2

/** What a push service takes at least, less header, delimiter and tag (RFC 8291 §4), in bytes. */
export const LONGEST_MESSAGE = 3993

/** The keys of a browser's subscription, as it gives them: base64url. */
export interface SubscriptionKeys {
  p256dh: string
  auth: string
}

/** What is drawn anew for each message. */
interface Ephemeral {
  /** 16 bytes. */
  salt: Buffer
  sender: ECDH
}

/**
 * A message that only the browser can read, as the body of a request: RFC 8291, content encoding
 * `aes128gcm` of RFC 8188.
 *
 * @throws when the keys are no point of the curve
 */
export function encryptedMessage(
  text: string,
  { p256dh, auth }: SubscriptionKeys,
  { salt, sender }: Ephemeral = newEphemeral()
): Buffer {
  const receiver = Buffer.from(p256dh, 'base64url')
  const senderKey = sender.getPublicKey()
  const shared = sender.computeSecret(receiver)
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, senderKey])
  const keyMaterial = derived(shared, Buffer.from(auth, 'base64url'), about, 32)
  const key = derived(keyMaterial, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derived(keyMaterial, salt, 'Content-Encoding: nonce\0', 12)

  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const record = [cipher.update(text), cipher.update(Buffer.of(LAST_RECORD)), cipher.final()]
  const header = Buffer.alloc(21)
  salt.copy(header)
  header.writeUInt32BE(RECORD_BYTES, 16)
  header.writeUInt8(senderKey.length, 20)
  return Buffer.concat([header, senderKey, ...record, cipher.getAuthTag()])
}

function newEphemeral(): Ephemeral {
  const sender = createECDH(CURVE)
  sender.generateKeys()
  return { salt: randomBytes(16), sender }
}

function derived(secret: Buffer, salt: Buffer, info: Buffer | string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
}

/** Whether these are keys that a message can be encrypted for. */
export function areUsable({ p256dh, auth }: SubscriptionKeys): boolean {
  try {
    newEphemeral().sender.computeSecret(Buffer.from(p256dh, 'base64url'))
    return Buffer.from(auth, 'base64url').length === 16
  } catch {
    return false
  }
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { isSameText } from '#foundation/text/same_text'

/** Messages are padded to whole blocks of so many bytes, not of the cipher's 16. */
const BLOCK = 32

/** Random bytes before the length of the text, and the length itself. */
const RANDOM = 16
const LENGTH = 4

/**
 * What proves that WeChat sent something: SHA-1 over the sorted parts, the token of the server
 * configuration among them. `msg_signature` has the encrypted text as one more part.
 */
export function signatureOf(token: string, ...parts: readonly string[]): string {
  return createHash('sha1')
    .update([token, ...parts].sort().join(''))
    .digest('hex')
}

/** Compared in a time that does not tell how much of it was right. */
export function isSigned(sent: string | undefined, token: string, ...parts: readonly string[]) {
  return isSameText(sent, signatureOf(token, ...parts))
}

interface Keys {
  /** EncodingAESKey: 43 characters. The last may carry bits that mean nothing. */
  aesKey: string
  appId: string
}

/** Encrypts a text for an official account: AES-256-CBC, the key's first half as IV. */
export function seal(text: string, { aesKey, appId }: Keys, random = randomBytes(RANDOM)): string {
  const key = keyOf(aesKey)
  const body = Buffer.from(text)
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random, length, body, Buffer.from(appId)])

  const missing = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(missing, missing)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

/** The text of an encrypted message and the account that it names, or null when it cannot be read. */
export function open(encrypted: string, aesKey: string): { text: string; appId: string } | null {
  const plain = decrypted(Buffer.from(encrypted, 'base64'), keyOf(aesKey))
  const padding = plain?.at(-1) ?? 0
  if (!plain || padding < 1 || padding > BLOCK) {
    return null
  }
  const content = plain.subarray(RANDOM, plain.length - padding)
  if (content.length < LENGTH) {
    return null
  }
  const end = LENGTH + content.readUInt32BE()
  return end > content.length
    ? null
    : { text: content.toString('utf8', LENGTH, end), appId: content.toString('utf8', end) }
}

function decrypted(encrypted: Buffer, key: Buffer): Buffer | null {
  if (encrypted.length === 0 || encrypted.length % 16 !== 0) {
    return null
  }
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([decipher.update(encrypted), decipher.final()])
}

function keyOf(aesKey: string): Buffer {
  return Buffer.from(`${aesKey}=`, 'base64')
}

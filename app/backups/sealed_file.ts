import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { OperatorError } from '#foundation/errors'

/** At the beginning of a file: a mark, then the salt of the key and the nonce. */
const MARK = Buffer.from('REGOU-1\n')
const SALT_BYTES = 16
const NONCE_BYTES = 12
const HEAD_BYTES = MARK.length + SALT_BYTES + NONCE_BYTES

/** At the end: it proves that nothing was changed. */
const TAG_BYTES = 16

/** Encrypts a file with AES-256-GCM by a key that scrypt makes of the secret. */
export async function sealFile(from: string, to: string, secret: string) {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, salt), nonce)
  const sealed = createWriteStream(to, { mode: 0o600 })
  sealed.write(Buffer.concat([MARK, salt, nonce]))
  await pipeline(createReadStream(from), cipher, sealed, { end: false })
  await new Promise<void>((resolve, reject) => {
    sealed.once('error', reject)
    sealed.end(cipher.getAuthTag(), resolve)
  })
}

/**
 * Decrypts such a file.
 *
 * @throws OperatorError when it is none, was changed, or the secret is another one; nothing is left then
 */
export async function unsealFile(from: string, to: string, secret: string) {
  const { size } = await stat(from)
  const [head, tag] = await ends(from, size)
  if (!head.subarray(0, MARK.length).equals(MARK)) {
    throw new OperatorError(`${from} is not a sealed backup`)
  }
  const salt = head.subarray(MARK.length, MARK.length + SALT_BYTES)
  const nonce = head.subarray(MARK.length + SALT_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, salt), nonce)
  decipher.setAuthTag(tag)
  const content = createReadStream(from, { start: HEAD_BYTES, end: size - TAG_BYTES - 1 })
  try {
    await pipeline(content, decipher, createWriteStream(to, { mode: 0o600 }))
  } catch {
    await rm(to, { force: true })
    throw new OperatorError(
      `${from} cannot be read: it was sealed with another BACKUP_SECRET, or the file was damaged`
    )
  }
}

async function ends(path: string, size: number): Promise<[Buffer, Buffer]> {
  const file = await open(path)
  try {
    const [head, tag] = [Buffer.alloc(HEAD_BYTES), Buffer.alloc(TAG_BYTES)]
    await file.read(head, 0, HEAD_BYTES, 0)
    await file.read(tag, 0, TAG_BYTES, Math.max(0, size - TAG_BYTES))
    return [head, tag]
  } finally {
    await file.close()
  }
}

function keyOf(secret: string, salt: Buffer): Buffer {
  return scryptSync(secret, salt, 32)
}

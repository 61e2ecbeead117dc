import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const unzipped = promisify(gunzip)

/**
 * Reads the text of an answer, plain or packed with gzip; null for one that is longer than so many bytes,
 * of which no more is read.
 *
 * @throws whatever cuts the answer off, or keeps it from being unpacked
 */
export async function answerText(
  body: AsyncIterable<Uint8Array>,
  isZipped: boolean,
  longest: number
): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size > longest) return null
  }
  const bytes = Buffer.concat(chunks)
  return isZipped ? unzip(bytes, longest) : bytes.toString()
}

async function unzip(bytes: Buffer, longest: number): Promise<string | null> {
  try {
    return String(await unzipped(bytes, { maxOutputLength: longest }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error
    return null
  }
}

import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { HttpContext } from '@adonisjs/core/http'
import { ApiError } from '#exceptions/api_error'
import { contentCoding } from '#validators/content_coding'

/**
 * The text of a request's body as it was sent, unzipped where it came zipped. Reading stops at
 * `limit` bytes, also of what a small zipped body grows to.
 *
 * @throws ApiError (413) for more than that, (415) for what is zipped otherwise, (400) for what cannot
 *   be unzipped or did not arrive whole
 */
export async function readRawBody(ctx: HttpContext, limit: number): Promise<string> {
  try {
    const isZipped = contentCoding(ctx, ['gzip']) !== null
    return await read(ctx.request.request, limit, isZipped)
  } catch (error) {
    // What is left of the body is not worth being read to its end.
    ctx.response.header('connection', 'close')
    throw error
  }
}

async function read(request: IncomingMessage, limit: number, isZipped: boolean) {
  if (!isZipped) return collect(request, limit, 'The body did not arrive whole')

  const unzipped = createGunzip()
  // A zipped body that is cut off would be waited for.
  request.once('close', () => unzipped.end())
  try {
    return await collect(request.pipe(unzipped), limit, 'The body says that it is gzip, and is not')
  } finally {
    request.unpipe(unzipped)
  }
}

async function collect(stream: Readable, limit: number, whenBroken: string): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // A stream that is destroyed could not be answered any more.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      size += chunk.length
      if (size > limit) {
        const message = `The body is larger than ${limit} bytes`
        throw new ApiError(413, [{ code: 'body_too_large', message }])
      }
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError(400, [{ code: 'invalid_body', message: whenBroken }])
  }
  return Buffer.concat(chunks).toString('utf8')
}

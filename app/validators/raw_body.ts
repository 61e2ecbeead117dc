import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { HttpContext } from '@adonisjs/core/http'
import { ApiError } from '#exceptions/api_error'

/**
 * The text of a request's body as it was sent, unzipped where it came zipped. Reading stops at
 * `limit` bytes, also of what a small zipped body grows to.
 *
 * @throws ApiError (413) for more than that, (400) for what cannot be unzipped
 */
export async function readRawBody(ctx: HttpContext, limit: number): Promise<string> {
  try {
    return await read(ctx.request.request, limit)
  } catch (error) {
    // What is left of the body is not worth being read to its end.
    ctx.response.header('connection', 'close')
    throw error
  }
}

async function read(request: HttpContext['request']['request'], limit: number) {
  if (request.headers['content-encoding'] !== 'gzip') return collect(request, limit)

  const unzipped = createGunzip()
  try {
    return await collect(request.pipe(unzipped), limit)
  } catch (error) {
    if (error instanceof ApiError) throw error
    const message = 'The body says that it is gzip, and is not'
    throw new ApiError(400, [{ code: 'invalid_body', message }])
  } finally {
    request.unpipe(unzipped)
  }
}

async function collect(stream: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  // A stream that is destroyed could not be answered any more.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > limit) {
      const message = `The body is larger than ${limit} bytes`
      throw new ApiError(413, [{ code: 'body_too_large', message }])
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

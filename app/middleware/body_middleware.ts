import { inject } from '@adonisjs/core'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { ApiError } from '#exceptions/api_error'
import { contentCoding } from '#validators/content_coding'
import { refuseBrokenText } from '#validators/whole_text'

interface Options {
  /** A field that the route itself makes fit to store. */
  mended?: string
  /** Set for pages, whose forms are no JSON. */
  isForm?: boolean
}

const JSON_TYPE = 'application/json'
/** What the parser undoes. */
const CODINGS = ['gzip', 'deflate', 'br']
const FORM_TYPE = 'application/x-www-form-urlencoded'

/**
 * Reads the body of a request, and refuses one with a text that cannot be stored everywhere. So is one
 * of another type: read as an empty body, it would be answered with mistakes that it does not have, or
 * do what the defaults say.
 */
@inject()
export default class BodyMiddleware {
  constructor(private readonly parser: BodyParserMiddleware) {}

  /** @throws ApiError (415, 422), (400) for what cannot be decompressed, and what the parser says */
  async handle(ctx: HttpContext, next: NextFn, { mended, isForm = false }: Options = {}) {
    if (hasBody(ctx)) requireType(ctx, isForm ? [FORM_TYPE, JSON_TYPE] : [JSON_TYPE])
    contentCoding(ctx, CODINGS)

    let isRead = false
    try {
      return await this.parser.handle(ctx, () => {
        isRead = true
        refuseBrokenText(ctx.request.body(), mended)
        return next()
      })
    } catch (error) {
      drain(ctx)
      if (isRead || !(error instanceof Error)) throw error
      if (isCutOff(ctx)) throw unreadable('it did not arrive whole')
      throw 'status' in error ? error : unreadable(error.message)
    }
  }
}

const unreadable = (why: string) =>
  new ApiError(400, [{ code: 'invalid_body', message: `The body cannot be read: ${why}` }])

/** Its client has gone, or sent what is no HTTP, while the request was looked at. */
function isCutOff({ request: { request } }: HttpContext): boolean {
  return request.destroyed && !request.complete
}

/** What is left of a body is read to its end, so that the next request on the connection is seen. */
function drain({ request: { request } }: HttpContext) {
  if (request.complete) return
  request.unpipe()
  request.resume()
}

/** Clients without anything to send name a length of 0, and often no type. */
function hasBody({ request }: HttpContext): boolean {
  const isChunked = request.header('transfer-encoding') !== undefined
  return isChunked || Number(request.header('content-length') ?? 0) > 0
}

function requireType({ request, response }: HttpContext, taken: string[]) {
  const [type, ...parameters] = (request.header('content-type') ?? '').split(';')
  const charset = /charset="?([\w-]+)/i.exec(parameters.join(';'))?.[1] ?? 'utf-8'
  const isTaken = taken.includes(type!.trim().toLowerCase())
  if (isTaken && /^(utf-?8|us-ascii)$/i.test(charset)) return

  response.header('accept', taken.join(', '))
  const sent = isTaken ? `charset ${charset}` : type!.trim() || 'no Content-Type'
  const message = `Send the body as ${taken.join(' or ')} in UTF-8; this request has ${sent}`
  throw new ApiError(415, [{ code: 'unsupported_media_type', message }])
}

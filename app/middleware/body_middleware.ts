import { inject } from '@adonisjs/core'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { refuseBrokenText } from '#validators/whole_text'

interface Options {
  /** A field that the route itself makes fit to store. */
  mended?: string
}

/** Reads the body of a request, and refuses one with a text that cannot be stored everywhere. */
@inject()
export default class BodyMiddleware {
  constructor(private readonly parser: BodyParserMiddleware) {}

  /** @throws ApiError (422), and what the parser says to a body that cannot be read */
  handle(ctx: HttpContext, next: NextFn, { mended }: Options = {}) {
    return this.parser.handle(ctx, () => {
      refuseBrokenText(ctx.request.body(), mended)
      return next()
    })
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { preparePage } from '#http/page_state'

/** Pages speak the visitor's language and may not be kept by caches in between. */
export default class PageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    preparePage(ctx)
    ctx.response.header('vary', 'accept-language, cookie')
    ctx.response.header('cache-control', 'private, no-cache')
    return next()
  }
}

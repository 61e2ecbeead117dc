import type { HttpContext } from '@adonisjs/core/http'
import { REMEMBERED } from '#http/page_state'
import { savedViewsOf, VIEWS_COOKIE, withoutView, withView } from '#http/saved_views'
import { savedViewValidator } from '#validators/visitor_forms'

/** The filters of the feed that a visitor has given names. */
export default class SavedViewsController {
  async store(ctx: HttpContext) {
    const { name, query } = await savedViewValidator.validate(ctx.request.body())
    this.#keep(ctx, withView(savedViewsOf(ctx.request), { name, query }))
    ctx.response
      .redirect()
      .status(303)
      .toPath(`/?${new URLSearchParams(query)}`)
  }

  async destroy(ctx: HttpContext) {
    const { name } = await savedViewValidator.validate({ ...ctx.request.body(), query: '-' })
    this.#keep(ctx, withoutView(savedViewsOf(ctx.request), name))
    ctx.response.redirect().status(303).toPath('/')
  }

  #keep({ response }: HttpContext, views: unknown[]) {
    response.plainCookie(VIEWS_COOKIE, views, REMEMBERED)
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { answerReload } from '#http/streams'

/** Lets in visitors who have logged in, sends others to do so, and back afterwards. */
export default class MemberMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { auth, request, response } = ctx
    if (auth.use('web').user) {
      // What only its owner may see is not left on the disk of a shared computer.
      response.header('cache-control', 'no-store')
      return next()
    }
    // The script of a page that stays open after its session cannot see where a redirect leads.
    if (request.header('accept') === 'text/event-stream') {
      return answerReload(ctx)
    }
    const isPage = request.method() === 'GET'
    const query = isPage ? `?${new URLSearchParams({ next: request.url(true) })}` : ''
    return response.redirect().status(303).toPath(`/login${query}`)
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Lets in whoever has logged in, sends everybody else to do so, and back afterwards. */
export default class MemberMiddleware {
  async handle({ auth, request, response }: HttpContext, next: NextFn) {
    if (auth.use('web').user) {
      // What only its owner may see is not left on the disk of a shared computer.
      response.header('cache-control', 'no-store')
      return next()
    }
    const isPage = request.method() === 'GET'
    const query = isPage ? `?${new URLSearchParams({ next: request.url(true) })}` : ''
    return response.redirect().status(303).toPath(`/login${query}`)
  }
}

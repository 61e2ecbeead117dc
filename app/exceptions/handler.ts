import app from '@adonisjs/core/services/app'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import type { HttpError } from '@adonisjs/core/types/http'
import { ApiError } from '#exceptions/api_error'
import { toApiAnswer } from '#exceptions/api_errors'
import { AwayLog, RETRY_AFTER_S } from '#exceptions/database_absence'
import { refusalOf } from '#exceptions/refusals'
import { isDatabaseAway } from '#foundation/db/explain_database'
import { preparePage } from '#http/page_state'

/** Turns errors into answers: JSON where programs ask, pages in the visitor's language elsewhere. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev
  readonly #awayLog = new AwayLog()

  /** What is expected, and what a caller can put right, is no trouble of ours to look into. */
  protected shouldReport(error: HttpError) {
    const isExpected = error instanceof ApiError || toApiAnswer(error).status < 500
    return super.shouldReport(error) && !isExpected
  }

  async report(error: unknown, ctx: HttpContext) {
    return isDatabaseAway(error) ? this.#awayLog.tell(error, ctx.logger) : super.report(error, ctx)
  }

  async handle(error: unknown, ctx: HttpContext) {
    const httpError = this.toHttpError(error)
    const isAway = isDatabaseAway(error)
    if (isAway) ctx.response.header('retry-after', RETRY_AFTER_S)

    const isOfPrograms = /^\/(?:api|hooks|webhook|internal)(?:\/|$)/.test(ctx.request.url())
    if (isOfPrograms || error instanceof ApiError) {
      const { status, body } = toApiAnswer(httpError)
      return ctx.response.status(status).json(body)
    }

    if (httpError.handle || (this.debug && httpError.status >= 500 && !isAway)) {
      return super.handle(error, ctx)
    }

    preparePage(ctx)
    if (isAway) return this.#showAway(ctx)
    const status = refusalOf(httpError)?.status === 404 ? 404 : httpError.status
    const page = status === 404 ? 'pages/errors/not_found' : 'pages/errors/server_error'
    return ctx.response.status(status).send(await ctx.view.render(page, { status }))
  }

  /** A page that was only asked for asks again by itself. */
  async #showAway({ request, response, view }: HttpContext) {
    const refreshAfter = request.method() === 'GET' ? RETRY_AFTER_S : null
    response.header('cache-control', 'no-store')
    return response
      .status(503)
      .send(await view.render('pages/errors/unavailable', { refreshAfter }))
  }
}

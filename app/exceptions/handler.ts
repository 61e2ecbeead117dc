import { errors } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import type { HttpError } from '@adonisjs/core/types/http'
import { allowedMethods } from '#exceptions/allowed_methods'
import { ApiError } from '#exceptions/api_error'
import { toApiAnswer } from '#exceptions/api_errors'
import { AwayLog, RETRY_AFTER_S } from '#exceptions/database_absence'
import { isRefusal } from '#foundation/errors'
import { refusalOf } from '#exceptions/refusals'
import { isDatabaseAway } from '#foundation/db/explain_database'
import { preparePage } from '#http/page_state'

/** Turns errors into answers: JSON where programs ask, pages in the visitor's language elsewhere. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev
  readonly #awayLog = new AwayLog()

  /** Not reported: what is expected, and what a caller can correct. */
  protected shouldReport(error: HttpError) {
    const isExpected = error instanceof ApiError || toApiAnswer(error).status < 500
    return super.shouldReport(error) && !isExpected
  }

  async report(error: unknown, ctx: HttpContext) {
    return isDatabaseAway(error) ? this.#awayLog.tell(error, ctx.logger) : super.report(error, ctx)
  }

  async handle(error: unknown, ctx: HttpContext) {
    if (error instanceof errors.E_ROUTE_NOT_FOUND) {
      const allowed = allowedMethods(ctx)
      if (allowed.length > 0) return this.#refuseMethod(ctx, allowed)
    }

    const httpError = this.toHttpError(error)
    const isAway = isDatabaseAway(error)
    if (isAway) ctx.response.header('retry-after', RETRY_AFTER_S)

    if (error instanceof ApiError || !isPage(ctx) || (!httpError.handle && !readsHtml(ctx))) {
      const { status, body } = toApiAnswer(httpError)
      if (isRefusal(error, 'too_many_requests')) ctx.response.header('retry-after', RETRY_AFTER_S)
      return ctx.response.status(status).json(body)
    }

    if (httpError.handle && !hasReadableReferer(ctx)) {
      const message = 'The Referer cannot be decoded: write % as %25'
      return ctx.response.status(400).json({ errors: [{ code: 'malformed_url', message }] })
    }
    if (httpError.handle || (this.debug && httpError.status >= 500 && !isAway)) {
      return super.handle(error, ctx)
    }

    preparePage(ctx)
    if (isAway) return this.#showAway(ctx)
    const status = refusalOf(error)?.status ?? httpError.status
    return ctx.response.status(status).send(await ctx.view.render(pageOf(status), { status }))
  }

  /** Programs and visitors alike: no page of ours asks for what is not there. */
  #refuseMethod({ request, response }: HttpContext, allowed: string[]) {
    response.header('allow', allowed.join(', '))
    if (request.method() === 'OPTIONS') return response.noContent()

    const message = `There is no ${request.method()} here, but ${allowed.join(', ')}`
    return response.status(405).json({ errors: [{ code: 'method_not_allowed', message }] })
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

/** Where programs ask, also for what is not there. */
const OF_PROGRAMS = /^\/(?:api|hooks|webhook|internal|health)(?:\/|$)/

function isPage({ request, route }: HttpContext): boolean {
  if (OF_PROGRAMS.test(request.url())) return false
  const middleware = [...(route?.middleware.all() ?? [])]
  return middleware.some((each) => 'name' in each && each.name === 'page')
}

/** Streams and scripts of a page read no HTML. Errors that answer themselves look at it on their own. */
const readsHtml = ({ request }: HttpContext) => request.accepts(['html', 'json']) === 'html'

/** Errors of pages lead back to where their visitor was. */
function hasReadableReferer({ request }: HttpContext): boolean {
  try {
    return decodeURI(request.header('referer') ?? '') !== null
  } catch {
    return false
  }
}

function pageOf(status: number): string {
  if (status === 404) return 'pages/errors/not_found'
  return `pages/errors/${status < 500 ? 'refused' : 'server_error'}`
}

import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import accountsConfig from '#config/accounts'
import { isOperator } from '#accounts/account_settings'
import { systemClock } from '#foundation/clock'
import { operatorPages } from '#http/operator_pages'
import { logAction } from '#operator/action_log'
import { actionOfRoute } from '#operator/actions'

/**
 * Lets in those who run this installation, and notes what they do; others who have logged in are told
 * who may.
 */
export default class OperatorMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { auth, response, view } = ctx
    if (!isOperator(auth.use('web').getUserOrFail(), accountsConfig)) {
      return response.status(403).send(await view.render('pages/errors/not_operator'))
    }
    view.share({ operatorPages: operatorPages() })
    const answer: unknown = await next()
    await noteAction(ctx)
    return answer
  }
}

/** A page that was only looked at is no action. */
async function noteAction(ctx: HttpContext) {
  const action = actionOfRoute(ctx.route?.name ?? '')
  if (!action) return

  const { answered } = ctx
  await logAction(
    {
      actor: ctx.auth.use('web').getUserOrFail().walletAddress ?? 'operator',
      via: 'page',
      action,
      asked: { ...ctx.request.body(), ...ctx.params },
      outcome: answered?.isProblem ? 'refused' : 'done',
      detail: answered?.detail ?? null,
    },
    systemClock
  )
}

import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import accountsConfig from '#config/accounts'
import { isOperator } from '#accounts/account_settings'
import { operatorPages } from '#http/operator_pages'

/** Lets in those who run this installation; others who have logged in are told who may. */
export default class OperatorMiddleware {
  async handle({ auth, response, view }: HttpContext, next: NextFn) {
    if (isOperator(auth.use('web').getUserOrFail(), accountsConfig)) {
      view.share({ operatorPages: operatorPages() })
      return next()
    }
    return response.status(403).send(await view.render('pages/errors/not_operator'))
  }
}

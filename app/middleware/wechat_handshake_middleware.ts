import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { officialAccount, queryOf } from '#controllers/wechat/official_account_controller'
import { isHandshake } from '#wechat/official_account/receive_callback'

/**
 * Answers WeChat when it asks whether this is the server of the official account, at the address
 * where people find the page.
 */
export default class WechatHandshakeMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const query = queryOf(ctx)
    if (query.echostr === undefined) {
      return next()
    }
    const account = officialAccount()
    ctx.response.header('content-type', 'text/plain; charset=utf-8')
    return account && isHandshake(query, account)
      ? ctx.response.send(query.echostr)
      : ctx.response.forbidden('The request is not signed with the token of the official account')
  }
}

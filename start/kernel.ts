/*
|--------------------------------------------------------------------------
| HTTP kernel
|--------------------------------------------------------------------------
|
| Of what runs for every route there is one glance at its URL: session, shield
| and language belong to the web pages alone, so that API, stream and health
| routes stay lean.
|
*/

import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#exceptions/handler'))
server.use(app.inDev ? [() => import('@adonisjs/vite/vite_middleware')] : [])

router.use([() => import('#middleware/whole_text_middleware')])

export const middleware = router.named({
  files: () => import('@adonisjs/static/static_middleware'),
  body: () => import('#middleware/body_middleware'),
  session: () => import('@adonisjs/session/session_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  page: () => import('#middleware/page_middleware'),
  account: () => import('#middleware/account_middleware'),
  member: () => import('#middleware/member_middleware'),
  operator: () => import('#middleware/operator_middleware'),
  webhookPages: () => import('#middleware/webhook_pages_middleware'),
  loginLimit: () => import('#middleware/login_limit_middleware'),
  payLimit: () => import('#middleware/pay_limit_middleware'),
  newAddressLimit: () => import('#middleware/new_address_limit_middleware'),
  streamLimit: () => import('#middleware/stream_limit_middleware'),
  internal: () => import('#middleware/internal_middleware'),
  token: () => import('#middleware/token_middleware'),
  wechatHandshake: () => import('#middleware/wechat_handshake_middleware'),
})

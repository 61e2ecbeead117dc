import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

/** Binding a WeChat, at the path of the original specification. */
export function wechatBindingRoutes() {
  // WeChat asks here whether this is the server of the official account, before any login.
  router
    .get('/wechat/direct', [controllers.wechat.Binding, 'show'])
    .as('wechat.binding.show')
    .use([middleware.wechatHandshake(), middleware.member()])
  router
    .group(() => {
      router.get('/live', [controllers.wechat.Binding, 'live']).use(middleware.streamLimit())
      router.post('/unbind', [controllers.wechat.Binding, 'destroy'])
      router.post('/test', [controllers.wechat.Binding, 'test'])
      router.post('/login', [controllers.wechat.Logins, 'store'])
      router.post('/login/digits', [controllers.wechat.Logins, 'update'])
      router.post('/login/cancel', [controllers.wechat.Logins, 'destroy'])
    })
    .prefix('/wechat/direct')
    .as('wechat.binding')
    .use(middleware.member())
}

import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

/** Numbers of rows that a controller hands to the database as they are. */
const ROW_ID = /^\d{1,15}$/

/** The user center: what people set, bind and own. */
export function accountRoutes() {
  router
    .group(() => {
      router.get('/', [controllers.pages.account.UserCenter, 'show'])
      router.post('/trial', [controllers.pages.account.Trial, 'store'])
      router.post('/switches', [controllers.pages.account.Subscriptions, 'update'])
      router.post('/chat', [controllers.pages.account.Chat, 'update'])
      router.post('/chat/preset', [controllers.pages.account.Chat, 'preset'])
      router.post('/chat/code', [controllers.pages.account.Chat, 'code'])
      router.post('/chat/unbind', [controllers.pages.account.Chat, 'unbind'])
      router.post('/chat/ways', [controllers.pages.account.Chat, 'ways'])
      router
        .get('/telegram/:kind', [controllers.pages.account.Telegram, 'open'])
        .where('kind', /^(private|group)$/)
      router
        .post('/telegram/:id/test', [controllers.pages.account.Telegram, 'test'])
        .where('id', ROW_ID)
      router
        .post('/telegram/:id/unbind', [controllers.pages.account.Telegram, 'destroy'])
        .where('id', ROW_ID)
      router.post('/tron', [controllers.pages.account.Tron, 'store'])
      router.post('/tron/remove', [controllers.pages.account.Tron, 'destroy'])
      router.post('/okx', [controllers.pages.account.Okx, 'store'])
      router.post('/okx/:id/check', [controllers.pages.account.Okx, 'check'])
      router.post('/okx/:id/remove', [controllers.pages.account.Okx, 'destroy'])
      router.post('/sessions/others', [controllers.pages.account.Sessions, 'destroyOthers'])
      router
        .post('/sessions/:id/end', [controllers.pages.account.Sessions, 'destroy'])
        .where('id', ROW_ID)
      router.post('/profile', [controllers.pages.account.Profile, 'update'])
      router.post('/tokens', [controllers.pages.account.Tokens, 'store'])
      router
        .post('/tokens/:id/revoke', [controllers.pages.account.Tokens, 'destroy'])
        .where('id', ROW_ID)
      router.post('/endpoints', [controllers.pages.account.Endpoints, 'store'])
      router.post('/endpoints/:id', [controllers.pages.account.Endpoints, 'update'])
      router.post('/endpoints/:id/delete', [controllers.pages.account.Endpoints, 'destroy'])
      router.get('/receipts/:id', [controllers.pages.account.Receipts, 'show']).where('id', ROW_ID)
      router.get('/export', [controllers.pages.account.Export, 'show'])
      router.get('/erase', [controllers.pages.account.Erasure, 'show'])
      router.post('/erase', [controllers.pages.account.Erasure, 'store'])
    })
    .prefix('/user-center')
    .as('account')
    .use(middleware.member())
}

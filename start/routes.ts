/*
|--------------------------------------------------------------------------
| Routes
|--------------------------------------------------------------------------
|
| Lean routes first, then the pages.
|
*/

import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import router from '@adonisjs/core/services/router'
import demoConfig from '#config/demo'
import { controllers } from '#generated/controllers'
import { factListRoutes } from '#start/fact_lists'
import { middleware } from '#start/kernel'

/** The pages of endpoints, which stand at two places: each user's own, and all for the operator. */
function webhookPageRoutes() {
  router.get('/', [controllers.webhook.Endpoints, 'index'])
  router.post('/', [controllers.webhook.EndpointSettings, 'store'])
  router.get('/new', [controllers.webhook.EndpointSettings, 'create'])
  router.post('/try', [controllers.webhook.EndpointTrials, 'store']).as('endpoint_trials.new')
  router.get('/:id', [controllers.webhook.Endpoints, 'show'])
  router.post('/:id', [controllers.webhook.EndpointSettings, 'update'])
  router.get('/:id/edit', [controllers.webhook.EndpointSettings, 'edit'])
  router.post('/:id/delete', [controllers.webhook.Endpoints, 'destroy'])
  router.post('/:id/secret', [controllers.webhook.EndpointSecrets, 'store'])
  router.post('/:id/state', [controllers.webhook.EndpointStates, 'update'])
  router.post('/:id/try', [controllers.webhook.EndpointTrials, 'store'])
  router.post('/:id/test', [controllers.webhook.EndpointTests, 'store'])
  router.post('/:id/replays', [controllers.webhook.Replays, 'store'])
  router.post('/:id/replays/:replay/cancel', [controllers.webhook.Replays, 'destroy'])
  router.post('/:id/deliveries/replay', [controllers.webhook.DeliveryReplays, 'storeMany'])
  router.get('/:id/deliveries/:delivery', [controllers.webhook.Deliveries, 'show'])
  router.post('/:id/deliveries/:delivery/replay', [controllers.webhook.DeliveryReplays, 'store'])
}

/** Numbers of rows that a controller hands to the database as they are. */
const ROW_ID = /^\d{1,15}$/

/** What stands in `public/` beside the built assets: icons, and what browsers install by. */
const FILES = [
  ...['favicon.svg', 'favicon.ico', 'apple-touch-icon.png', 'manifest.webmanifest'],
  ...['icon-192.png', 'icon-512.png', 'icon-maskable-512.png'],
]

const nothingHere = ({ request }: HttpContext) => {
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}

router.get('/health/live', [controllers.Health, 'live'])
router.get('/health/ready', [controllers.Health, 'ready'])
router.get('/health/tron-data-health', [controllers.TronHealth, 'show'])
router.get('/tron-data-health', [controllers.TronHealth, 'show']).as('tron_health')

router
  .group(() => {
    router.get('/openapi.json', [controllers.api.Description, 'show'])
    router.get('/events/latest', [controllers.api.LatestEvents, 'index']).as('latest')
    router
      .get('/events/latest/:source', [controllers.api.LatestEvents, 'index'])
      .as('latest.source')
    router.get('/v1/stream', [controllers.api.Stream, 'show']).use(middleware.streamLimit())
  })
  .prefix('/api')
  .as('api')

factListRoutes(router)

router
  .group(() => {
    router.get('/unfreeze/records', [controllers.api.tron.Unfreezings, 'index'])
    router.get('/summary', [controllers.api.tron.Summaries, 'index'])
    router.get('/accounts/:address', [controllers.api.tron.Summaries, 'show'])
  })
  .prefix('/api/v1')
  .as('api.tron')

router
  .group(() => {
    router.get('/stake/records', [controllers.api.tron.Pools, 'index']).as('stake')
    router.get('/delegate/records', [controllers.api.tron.Pools, 'index']).as('delegate')
    router.get('/unfreeze/records', [controllers.api.tron.Pools, 'index']).as('unfreeze')
  })
  .prefix('/api')
  .as('api.pools')

router
  .get('/api/v1/accounts', [controllers.api.tron.Accounts, 'index'])
  .as('api.accounts.index')
  .use(middleware.token('webhooks:read'))

router
  .group(() => {
    router.post('/', [controllers.api.tron.Accounts, 'store']).use(middleware.body())
    router.delete('/:address', [controllers.api.tron.Accounts, 'destroy'])
  })
  .prefix('/api/v1/accounts')
  .as('api.accounts')
  .use(middleware.token('webhooks:write'))

router
  .get('/api/v1/okx/accounts', [controllers.api.okx.Accounts, 'index'])
  .as('api.okx.accounts.index')
  .use(middleware.token('webhooks:read'))

router
  .group(() => {
    router.post('/', [controllers.api.okx.Accounts, 'store'])
    router.post('/:id/check', [controllers.api.okx.Accounts, 'check'])
    router.delete('/:id', [controllers.api.okx.Accounts, 'destroy'])
  })
  .prefix('/api/v1/okx/accounts')
  .as('api.okx.accounts')
  .use([middleware.token('webhooks:write'), middleware.body()])

router
  .group(() => {
    router.get('/orders', [controllers.api.orders.Orders, 'index'])
    router.get('/orders/:id', [controllers.api.orders.Orders, 'show'])
    router.get('/evidence/:uid', [controllers.api.orders.Evidence, 'show'])
  })
  .prefix('/api/v1')
  .as('api.orders')
  .use(middleware.token('webhooks:read'))

router
  .group(() => {
    router.post('/', [controllers.api.orders.Orders, 'store'])
    router.post('/:id/verification', [controllers.api.orders.Verifications, 'store'])
  })
  .prefix('/api/v1/orders')
  .as('api.orders')
  .use([middleware.token('webhooks:write'), middleware.body()])

router.post('/hooks/orders', [controllers.hooks.Orders, 'store']).as('hooks.orders')
router.post('/play/:id', [controllers.hooks.Play, 'store']).as('hooks.play')

router
  .group(() => {
    router.get('/endpoints', [controllers.api.webhook.Endpoints, 'index'])
    router.get('/endpoints/:id', [controllers.api.webhook.Endpoints, 'show'])
    router.get('/endpoints/:id/replays', [controllers.api.webhook.Replays, 'index'])
    router.get('/endpoints/:id/replays/:replay', [controllers.api.webhook.Replays, 'show'])
    router.get('/deliveries', [controllers.api.webhook.Deliveries, 'index'])
    router.get('/deliveries/:id', [controllers.api.webhook.Deliveries, 'show'])
    router.get('/stats', [controllers.api.webhook.Stats, 'show'])
    router.get('/stream', [controllers.api.webhook.Stream, 'show']).use(middleware.streamLimit())
  })
  .prefix('/api/v1/webhook')
  .as('api.webhook')
  .use(middleware.token('webhooks:read'))

router
  .group(() => {
    router.post('/endpoints', [controllers.api.webhook.Endpoints, 'store'])
    router.post('/endpoints/dry-run', [controllers.api.webhook.DryRuns, 'store'])
    router.patch('/endpoints/:id', [controllers.api.webhook.Endpoints, 'update'])
    router.delete('/endpoints/:id', [controllers.api.webhook.Endpoints, 'destroy'])
    router.post('/endpoints/:id/test', [controllers.api.webhook.EndpointTests, 'store'])
    router.post('/endpoints/:id/rotate', [controllers.api.webhook.EndpointSecrets, 'store'])
    router.post('/endpoints/:id/replays', [controllers.api.webhook.Replays, 'store'])
    router.delete('/endpoints/:id/replays/:replay', [controllers.api.webhook.Replays, 'destroy'])
    router.post('/deliveries/replay', [controllers.api.webhook.DeliveryReplays, 'storeMany'])
    router.post('/deliveries/:id/replay', [controllers.api.webhook.DeliveryReplays, 'store'])
  })
  .prefix('/api/v1/webhook')
  .as('api.webhook')
  .use([middleware.token('webhooks:write'), middleware.body()])

router
  .post('/api/v1/ocr/wallets', [controllers.api.ocr.Wallets, 'store'])
  .as('api.ocr.wallets')
  .use([middleware.token('ocr:write'), middleware.body({ mended: 'wx_nick_name' })])

router
  .post('/webhook/bnb-transfer', [controllers.billing.TransferHints, 'store'])
  .as('webhook.transfers')

router
  .post('/wechat/direct', [controllers.wechat.OfficialAccount, 'store'])
  .as('wechat.official_account')

router
  .get('/metrics', [controllers.internal.Metrics, 'show'])
  .as('metrics')
  .use(middleware.internal())

router
  .group(() => {
    router.get('/push-health', [controllers.internal.PushHealth, 'show'])
    router.get('/push-health/latest', [controllers.internal.PushHealth, 'latest'])
    router.get('/alerts', [controllers.internal.Alerts, 'index'])
    router.post('/alerts/:id/acknowledge', [controllers.internal.Alerts, 'acknowledge'])
  })
  .prefix('/internal')
  .as('internal')
  .use(middleware.internal())

router.get('/live', [controllers.pages.Live, 'show']).use(middleware.streamLimit())

router.get('/launches.atom', [controllers.pages.Found, 'launches'])
router.get('/graduations.atom', [controllers.pages.Found, 'graduations'])
router.get('/robots.txt', [controllers.pages.Found, 'robots'])
router.get('/sitemap.xml', [controllers.pages.Found, 'sitemap'])

router
  .group(() => {
    router.get('/assets/*', nothingHere).as('assets')
    for (const file of FILES) router.get(`/${file}`, nothingHere).as(`file.${file}`)
  })
  .use(middleware.files())

router
  .group(() => {
    router.get('/', [controllers.pages.Feed, 'show'])
    router.get('/tokens/:address', [controllers.pages.Token, 'show'])
    router.get('/creators/:address', [controllers.pages.Creator, 'show'])
    router.get('/tron', [controllers.pages.TronRecords, 'index'])
    router.get('/tron/:address', [controllers.pages.Tron, 'show'])
    router.get('/pricing', [controllers.pages.Pricing, 'show'])
    router.get('/docs', [controllers.pages.Documents, 'index'])
    router.get('/docs/events', [controllers.pages.Documents, 'events'])
    router.get('/docs/events/:type', [controllers.pages.Documents, 'event'])
    router.get('/docs/:name', [controllers.pages.Documents, 'show'])
    router.post('/preferences', [controllers.pages.Preferences, 'update'])

    router.get('/login', [controllers.pages.Login, 'show'])
    router
      .group(() => {
        router.post('/login', [controllers.pages.Login, 'store'])
        router.post('/login/message', [controllers.pages.LoginMessages, 'store'])
      })
      .use(middleware.loginLimit())

    router
      .group(() => {
        router.post('/logout', [controllers.pages.Logout, 'store'])
        router.post('/logout/everywhere', [controllers.pages.Logout, 'everywhere'])
      })
      .use(middleware.member())

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
        router.get('/export', [controllers.pages.account.Export, 'show'])
        router.get('/erase', [controllers.pages.account.Erasure, 'show'])
        router.post('/erase', [controllers.pages.account.Erasure, 'store'])
      })
      .prefix('/user-center')
      .as('account')
      .use(middleware.member())

    router
      .group(() => {
        router.get('/', [controllers.pages.Play, 'index'])
        router.post('/', [controllers.pages.Play, 'store'])
        router.get('/:id', [controllers.pages.Play, 'show'])
        router.post('/:id/answer', [controllers.pages.Play, 'update'])
      })
      .prefix('/play')
      .as('play')
      .use(middleware.member())

    router
      .group(() => {
        router.get('/', [controllers.pages.Alerts, 'show'])
        router.post('/watch', [controllers.pages.Alerts, 'store'])
        router.post('/unwatch', [controllers.pages.Alerts, 'destroy'])
      })
      .prefix('/alerts')
      .as('alerts')
      .use(middleware.member())

    router
      .group(webhookPageRoutes)
      .prefix('/webhooks')
      .as('webhook_pages')
      .use([middleware.member(), middleware.webhookPages('own')])

    router
      .group(() => {
        router.get('/', [controllers.pages.Orders, 'index'])
        router
          .get('/live', [controllers.pages.OrdersLive, 'show'])
          .as('live')
          .use(middleware.streamLimit())
        router.get('/evidence/:uid', [controllers.pages.Orders, 'evidence'])
        router.get('/:id', [controllers.pages.Orders, 'show'])
        router
          .get('/:id/live', [controllers.pages.OrdersLive, 'show'])
          .as('live_one')
          .use(middleware.streamLimit())
        router.post('/:id/verify', [controllers.pages.Orders, 'verify'])
      })
      .prefix('/orders')
      .as('orders')
      .use(middleware.member())

    router
      .group(() => {
        router.get('/', [controllers.pages.Renew, 'show']).use(middleware.newAddressLimit())
        router.post('/', [controllers.pages.Renew, 'store'])
        router.get('/live', [controllers.pages.RenewLive, 'show']).use(middleware.streamLimit())
      })
      .prefix('/renew')
      .as('renew')
      .use(middleware.member())

    // For browsers without login: a link of a chat carries the pass.
    router
      .group(() => {
        router.get('/', [controllers.pages.PayPass, 'pay']).as('page')
        router.get('/:pass', [controllers.pages.PayPass, 'show']).use(middleware.payLimit())
        router.post('/:pass', [controllers.pages.PayPass, 'store']).use(middleware.payLimit())
      })
      .prefix('/pay')
      .as('pay')

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

    if (demoConfig.isOn) {
      router.post('/demo/wallet', [controllers.demo.Wallet, 'store'])
      router.post('/demo/payments', [controllers.demo.Payments, 'store']).use(middleware.member())
    }

    // Each page directly below is in the operator's navigation, in this order.
    router
      .group(() => {
        router.get('/', [controllers.operator.Overview, 'show']).as('overview')

        router
          .group(() => {
            router.get('/', [controllers.operator.Health, 'show'])
            router.post('/alerts/:id/acknowledge', [controllers.operator.Health, 'acknowledge'])
          })
          .prefix('/health')
          .as('health')

        router.get('/processes', [controllers.operator.Processes, 'show']).as('processes')

        router
          .group(() => {
            router.get('/', [controllers.operator.Scanners, 'show'])
            router.post('/gaps/retry', [controllers.operator.Scanners, 'retry'])
            router.post('/holds/accept', [controllers.operator.Scanners, 'accept'])
          })
          .prefix('/scanners')
          .as('scanners')

        router
          .group(() => {
            router.get('/', [controllers.operator.Accounts, 'show'])
            router.post('/tron', [controllers.operator.Accounts, 'watch'])
            router.post('/tron/remove', [controllers.operator.Accounts, 'unwatch'])
            router.post('/okx/check', [controllers.operator.Accounts, 'check'])
            router.post('/okx/remove', [controllers.operator.Accounts, 'remove'])
            router.post('/wechat/unbind', [controllers.operator.Accounts, 'unbind'])
          })
          .prefix('/accounts')
          .as('accounts')

        router
          .group(() => {
            router.get('/', [controllers.operator.Users, 'index'])
            router.get('/:id', [controllers.operator.Users, 'show'])
            router.post('/:id/grant', [controllers.operator.Users, 'grant'])
            router.post('/:id/revoke', [controllers.operator.Users, 'revoke'])
            router.post('/:id/logout', [controllers.operator.Users, 'logout'])
            router.post('/:id/token', [controllers.operator.Users, 'token'])
          })
          .prefix('/users')
          .as('users')

        router
          .group(() => {
            router.get('/', [controllers.operator.Payments, 'show'])
            router.post('/assign', [controllers.operator.Payments, 'assign'])
            router.post('/audit', [controllers.operator.Payments, 'audit'])
          })
          .prefix('/payments')
          .as('payments')

        router
          .group(() => {
            router.get('/', [controllers.operator.Orders, 'index'])
            router.get('/:id', [controllers.operator.Orders, 'show'])
            router.post('/retry', [controllers.operator.Orders, 'retry'])
          })
          .prefix('/orders')
          .as('orders')

        router
          .group(webhookPageRoutes)
          .prefix('/webhooks')
          .as('webhook')
          .use(middleware.webhookPages('all'))

        router
          .group(() => {
            router.get('/', [controllers.operator.Alerts, 'show'])
            router.post('/acknowledge', [controllers.operator.Alerts, 'acknowledge'])
          })
          .prefix('/alerts')
          .as('alerts')

        router.get('/actions', [controllers.operator.Actions, 'show']).as('actions')
      })
      .prefix('/operator')
      .as('operator')
      .use([middleware.member(), middleware.operator()])

    router.get('*', nothingHere).as('missing')
  })
  .use([
    middleware.body({ isForm: true }),
    middleware.session(),
    middleware.shield(),
    middleware.page(),
    middleware.account(),
  ])

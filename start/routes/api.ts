import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { factListRoutes } from '#start/routes/fact_lists'

/** JSON for programs: what happened, and what a token's owner manages. Neither session nor form. */
export function apiRoutes() {
  openRoutes()
  factListRoutes(router)
  tronRoutes()
  okxRoutes()
  orderRoutes()
  webhookRoutes()

  router
    .post('/api/v1/ocr/wallets', [controllers.api.ocr.Wallets, 'store'])
    .as('api.ocr.wallets')
    .use([middleware.token('ocr:write'), middleware.body({ mended: 'wx_nick_name' })])
}

function openRoutes() {
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
}

function tronRoutes() {
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
}

function okxRoutes() {
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
}

function orderRoutes() {
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
}

function webhookRoutes() {
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
}

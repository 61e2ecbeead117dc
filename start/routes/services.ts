import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

/** What other programs ask or tell: health, metrics, hooks, feeds, and the stream of the pages. */
export function serviceRoutes() {
  router.get('/health/live', [controllers.Health, 'live'])
  router.get('/health/ready', [controllers.Health, 'ready'])
  router.get('/health/tron-data-health', [controllers.TronHealth, 'show'])
  router.get('/tron-data-health', [controllers.TronHealth, 'show']).as('tron_health')

  router.post('/hooks/orders', [controllers.hooks.Orders, 'store']).as('hooks.orders')
  router.post('/play/:id', [controllers.hooks.Play, 'store']).as('hooks.play')

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
  router.get('/tokens/:address/card.png', [controllers.pages.TokenCards, 'show'])
  router.get('/sitemap.xml', [controllers.pages.Found, 'sitemap'])
}

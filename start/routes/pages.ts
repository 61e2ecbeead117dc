import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { webhookPageRoutes } from '#start/routes/webhook_pages'

/** Pages that need no login, and logging in. */
export function publicPageRoutes() {
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
  router.post('/views', [controllers.pages.SavedViews, 'store'])
  router.post('/views/remove', [controllers.pages.SavedViews, 'destroy'])

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
}

/** Pages of those who have logged in, beside the user center. */
export function memberPageRoutes() {
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
      router.post('/browsers', [controllers.pages.AlertBrowsers, 'store'])
      router.post('/browsers/remove', [controllers.pages.AlertBrowsers, 'destroy'])
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
}

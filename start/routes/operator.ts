import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { webhookPageRoutes } from '#start/routes/webhook_pages'

/** The operator's console. Each page directly below `/operator` is in its navigation, in this order. */
export function operatorRoutes() {
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
}

import router from '@adonisjs/core/services/router'
import demoConfig from '#config/demo'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

/** Choosing a plan and paying for it, logged in or by a link of a chat. */
export function buyingRoutes() {
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

  if (demoConfig.isOn) {
    router.post('/demo/wallet', [controllers.demo.Wallet, 'store'])
    router.post('/demo/payments', [controllers.demo.Payments, 'store']).use(middleware.member())
  }
}

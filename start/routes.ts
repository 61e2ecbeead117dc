/*
|--------------------------------------------------------------------------
| Routes
|--------------------------------------------------------------------------
|
| Lean routes first, then the pages, which share a session, forms that are
| protected, and the reader's language.
|
*/

import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'
import { accountRoutes } from '#start/routes/account'
import { apiRoutes } from '#start/routes/api'
import { buyingRoutes } from '#start/routes/buying'
import { fileRoutes } from '#start/routes/files'
import { nothingHere } from '#start/routes/nothing_here'
import { operatorRoutes } from '#start/routes/operator'
import { memberPageRoutes, publicPageRoutes } from '#start/routes/pages'
import { serviceRoutes } from '#start/routes/services'
import { wechatBindingRoutes } from '#start/routes/wechat'

serviceRoutes()
apiRoutes()
fileRoutes()

router
  .group(() => {
    publicPageRoutes()
    accountRoutes()
    memberPageRoutes()
    buyingRoutes()
    wechatBindingRoutes()
    operatorRoutes()

    router.get('*', nothingHere).as('missing')
  })
  .use([
    middleware.body({ isForm: true }),
    middleware.session(),
    middleware.shield(),
    middleware.page(),
    middleware.account(),
  ])

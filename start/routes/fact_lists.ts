import type { HttpRouterService } from '@adonisjs/core/types'
import { allFactKinds } from '#facts/registry'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

/** A route for each kind of fact that has a list. */
export function factListRoutes(router: Pick<HttpRouterService, 'get'>) {
  for (const { type, list } of allFactKinds()) {
    if (!list) {
      continue
    }
    const route = router.get(`/api/v1/${list.path}`, [controllers.api.FactLists, 'index'])
    route.as(`api.lists.${type}`)
    if (list.scope) {
      route.use(middleware.token(list.scope))
    }
  }
}

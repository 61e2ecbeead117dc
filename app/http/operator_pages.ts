import router from '@adonisjs/core/services/router'

const PAGE = /^\/operator\/([a-z_]+)$/

/**
 * The pages in the operator's navigation: each GET route directly below /operator, in the order of
 * the routes. The words of `/operator/health` are `operator.pages.health`.
 */
export function operatorPages(): string[] {
  return router.toJSON().root!.flatMap(({ pattern, methods }) => {
    const [, name] = PAGE.exec(pattern) ?? []
    return name && methods.includes('GET') ? [name] : []
  })
}

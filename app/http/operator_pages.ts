import router from '@adonisjs/core/services/router'

const PAGE = /^\/operator(?:\/([a-z_]+))?$/

/**
 * The pages in the operator's navigation: /operator and each GET route directly below it, in the order
 * of the routes. The words of `/operator/health` are `operator.pages.health`.
 */
export function operatorPages(): { name: string; path: string }[] {
  return router.toJSON().root!.flatMap(({ pattern, methods }) => {
    const [path, name = 'overview'] = PAGE.exec(pattern) ?? []
    return path && methods.includes('GET') ? [{ name, path }] : []
  })
}

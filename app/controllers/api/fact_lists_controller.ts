import type { HttpContext } from '@adonisjs/core/http'
import type { FactType } from '#facts/registry'
import { factTypes } from '#facts/registry'
import { factPage } from '#views/fact_page'
import { listQuery } from '#validators/fact_queries'
import { toPageRequest } from '#http/page_cursor'

/** The list of each kind of fact that has one; start/fact_lists.ts names the routes after the kinds. */
export default class FactListsController {
  /** Facts that match the filters, newest first. */
  async index({ request, route }: HttpContext) {
    const type = route!.name!.split('.').at(-1) as FactType
    const { filters, page } = toPageRequest(await listQuery(factTypes[type]).read(request.qs()))
    return factPage(type, filters, page)
  }
}

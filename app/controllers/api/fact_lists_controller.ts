import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { FactType } from '#facts/registry'
import { factTypes } from '#facts/registry'
import type { FactFilters } from '#feed/fact_filters'
import { RecordCache } from '#feed/tron/record_cache'
import { factPage } from '#views/fact_page'
import { byCursor, numberedPage } from '#views/numbered_page'
import { listQuery } from '#validators/fact_queries'
import { toPageRequest } from '#http/page_cursor'

type Asked = FactFilters & { page?: number; limit?: number; cursor?: string }

/** The list of each kind of fact that has one; start/routes/fact_lists.ts names the routes after the kinds. */
@inject()
export default class FactListsController {
  constructor(private readonly records: RecordCache) {}

  /** Facts that match the filters, newest first. */
  async index({ request, response, route }: HttpContext) {
    const type = route!.name!.split('.').at(-1) as FactType
    const { list } = factTypes[type]
    const { page: number, ...asked }: Asked = await listQuery(factTypes[type]).read(request.qs())
    const { filters, page } = toPageRequest(asked)
    if (number === undefined) {
      const answer = await factPage(type, filters, page)
      return list?.pagedBy ? byCursor(answer, page) : answer
    }
    const window = { page: number, limit: page.limit }
    const name = type === 'tron_stake' ? 'stake' : 'delegate'
    response.header('content-type', 'application/json; charset=utf-8')
    response.send(await numberedPage(this.records, name, filters, window))
  }
}

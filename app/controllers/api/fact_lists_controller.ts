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
import { sendShared } from '#http/shared_answers'

type Asked = FactFilters & { page?: number; limit?: number; cursor?: string }

/** The list of each kind of fact that has one; start/routes/fact_lists.ts names the routes after the kinds. */
@inject()
export default class FactListsController {
  constructor(private readonly records: RecordCache) {}

  /** Facts that match the filters, newest first. What needs a token is read for its owner alone. */
  async index(ctx: HttpContext) {
    const type = ctx.route!.name!.split('.').at(-1) as FactType
    if (factTypes[type].list?.scope) return listed(type, await asked(type, ctx))
    if (!ctx.request.qs().page) {
      return sendShared(ctx, async () => listed(type, await asked(type, ctx)))
    }

    const { page: number, ...others } = await asked(type, ctx)
    const { filters, page } = toPageRequest(others)
    const name = type === 'tron_stake' ? 'stake' : 'delegate'
    const window = { page: number!, limit: page.limit }
    const answer = await numberedPage(this.records, name, filters, window)
    return answer.send(ctx)
  }
}

function asked(type: FactType, { request }: HttpContext): Promise<Asked> {
  return listQuery(factTypes[type]).read(request.qs())
}

async function listed(type: FactType, parameters: Asked) {
  const { filters, page } = toPageRequest(parameters)
  const answer = await factPage(type, filters, page)
  return factTypes[type].list?.pagedBy ? byCursor(answer, page) : answer
}

import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { RecordCache } from '#feed/tron/record_cache'
import { walkUnfreezings } from '#feed/tron/unfreeze_list'
import { systemClock } from '#foundation/clock'
import { pageAnswer, toPageRequest } from '#http/page_cursor'
import { byCursor, numberedPage } from '#views/numbered_page'
import { unfreezeQuery } from '#validators/tron_queries'

/** What became of unfreezings. */
@inject()
export default class UnfreezingsController {
  constructor(private readonly records: RecordCache) {}

  async index(ctx: HttpContext) {
    const { page: number, ...asked } = await unfreezeQuery.read(ctx.request.qs())
    const { filters, page } = toPageRequest(asked)
    if (number === undefined) {
      const ofNetwork = { chain_id: tronConfig.network.chainId, ...filters }
      const found = await walkUnfreezings(ofNetwork, page, systemClock.now())
      return byCursor(
        pageAnswer(found, (row) => row),
        page
      )
    }
    const window = { page: number, limit: page.limit }
    const answer = await numberedPage(this.records, 'unfreeze', filters, window)
    return answer.send(ctx)
  }
}

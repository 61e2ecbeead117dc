import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { tronAddressOf } from '#accounts/tron_accounts'
import { accountState } from '#feed/tron/account_state'
import { keptSummary } from '#feed/tron/kept_pages'
import { RecordCache } from '#feed/tron/record_cache'
import { systemClock } from '#foundation/clock'
import { summaryQuery } from '#validators/tron_queries'

/** What there is to tell of one account. */
@inject()
export default class SummariesController {
  constructor(private readonly records: RecordCache) {}

  /** Its records added up. */
  async index({ request, response }: HttpContext) {
    const { address } = await summaryQuery.read(request.qs())
    const { answer } = await keptSummary(this.records, tronConfig.network.chainId, address)
    response.header('content-type', 'application/json; charset=utf-8').send(`{"data":${answer}}`)
  }

  /** What is staked, delegated and on its way out now, and what stands behind that. */
  async show({ params }: HttpContext) {
    const address = tronAddressOf(params.address)
    return { data: await accountState(tronConfig.network.chainId, address, systemClock.now()) }
  }
}

import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { RETRY_AFTER_S } from '#exceptions/database_absence'
import { RecordCache } from '#feed/tron/record_cache'
import { SharedReads } from '#feed/shared_reads'
import { systemClock } from '#foundation/clock'
import { isDatabaseAway } from '#foundation/db/explain_database'
import { tronDataHealth } from '#health/tron'

/** Needs no token, so one read of the database serves all requests of a second. */
const looks = new SharedReads<Awaited<ReturnType<typeof tronDataHealth>>>(1000, systemClock)

/** How fresh and how sure the data of TRON are. */
@inject()
export default class TronHealthController {
  constructor(private readonly records: RecordCache) {}

  async show({ response }: HttpContext) {
    try {
      return await looks.get('tron', () =>
        tronDataHealth(tronConfig.network.chainId, this.records.stats(), systemClock.now())
      )
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      // What the database says may name hosts.
      const reason = 'the database cannot be read'
      response.header('retry-after', RETRY_AFTER_S)
      return response.serviceUnavailable({ success: false, status: 'error', error: reason })
    }
  }
}

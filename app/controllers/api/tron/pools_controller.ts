import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { ApiError } from '#exceptions/api_error'
import { keptPage } from '#feed/tron/kept_pages'
import { RecordCache } from '#feed/tron/record_cache'
import { RECORD_LISTS, type RecordList } from '#feed/tron/record_pages'
import { askTronGrid } from '#feed/tron/trongrid'
import { isDatabaseAway } from '#foundation/db/explain_database'
import { readTronAddress } from '#foundation/text/tron_address'
import { readyAnswer } from '#http/ready_answer'
import TronAccount from '#models/tron_account'
import { poolQuery } from '#validators/tron_queries'

/** As many as the original specification answers unless asked. */
const DEFAULT_LIMIT = 20

type Asked = Awaited<ReturnType<typeof poolQuery.read>>

/** The records of a pool in the answer of the original specification: `success`, `data`, `meta.source`. */
@inject()
export default class PoolsController {
  constructor(private readonly records: RecordCache) {}

  async index(ctx: HttpContext) {
    const list = RECORD_LISTS.find((name) => ctx.route!.pattern.includes(`/${name}/`))!
    const asked = await poolQuery.read(ctx.request.qs())
    const { page = 1, limit = DEFAULT_LIMIT } = asked
    const window = { page, limit }
    try {
      const answer = await this.#stored(list, asked, window)
      return await answer.send(ctx)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      return fallback(list, asked, window, error)
    }
  }

  async #stored(list: RecordList, asked: Asked, window: { page: number; limit: number }) {
    const filters = {
      chain_id: tronConfig.network.chainId,
      owner_address: await addressOf(asked.pool_account_id),
      ...(list !== 'unfreeze' && { operation_type: asked.operation_type }),
      resource_type: asked.resource_type,
      since: asked.start_date,
      until: asked.end_date,
    }
    const { answer, source } = await keptPage(this.records, list, filters, window)
    const meta = { ...window, total: answer.total, source, partial: false }
    return readyAnswer(`{"success":true,"data":${answer.data},"meta":${JSON.stringify(meta)}}`)
  }
}

/**
 * The account of a pool: its address, or the id under which it is watched.
 *
 * @throws ApiError (404) when no account is watched under it
 */
async function addressOf(poolAccountId: string): Promise<string> {
  const address = readTronAddress(poolAccountId)
  if (address !== null) {
    return address
  }
  const chainId = tronConfig.network.chainId
  const account = await TronAccount.query().where({ chainId, poolAccountId }).first()
  if (!account) {
    const message = `No account is watched as ${poolAccountId}. Name its address, or see: node ace tron:watch --help`
    throw new ApiError(404, [{ code: 'unknown_pool', message, field: 'pool_account_id' }])
  }
  return account.address
}

/**
 * What TronGrid tells while the database cannot be read. Only an address can be asked for then, and
 * what became of unfreezings is known to the database alone.
 *
 * @throws the error of the database where TronGrid cannot help
 */
async function fallback(
  list: RecordList,
  { pool_account_id: pool, operation_type: operation, resource_type: resource }: Asked,
  window: { page: number; limit: number },
  cause: unknown
) {
  const address = readTronAddress(pool)
  if (list === 'unfreeze' || address === null || tronConfig.gridUrl === undefined) {
    throw cause
  }
  const wanted = { list, address, operation, resource, ...window }
  const rows = await askTronGrid(tronConfig.gridUrl, wanted).catch(() => {
    throw cause
  })
  const meta = { ...window, total: null, source: 'fallback', partial: true }
  return { success: true, data: rows, meta }
}

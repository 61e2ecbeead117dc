import type { HttpContext } from '@adonisjs/core/http'
import { readFactPage } from '#feed/fact_list'
import { tradeQuery } from '#validators/fact_queries'
import { toPageRequest } from '#validators/page_request'

export default class TradesController {
  /** Trades that match the filters, newest first. */
  async index({ request }: HttpContext) {
    const { filters, page } = toPageRequest(await tradeQuery.read(request.qs()))
    return readFactPage('trade', filters, page)
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import { readFactPage } from '#feed/fact_list'
import { poolQuery } from '#validators/fact_queries'
import { toPageRequest } from '#validators/page_request'

export default class PoolsController {
  /** Pools that match the filters, newest first. */
  async index({ request }: HttpContext) {
    const { filters, page } = toPageRequest(await poolQuery.read(request.qs()))
    return readFactPage('pool', filters, page)
  }
}

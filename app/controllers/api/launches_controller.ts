import type { HttpContext } from '@adonisjs/core/http'
import { readFactPage } from '#feed/fact_list'
import { launchQuery } from '#validators/fact_queries'
import { toPageRequest } from '#validators/page_request'

export default class LaunchesController {
  /** Launches that match the filters, newest first. */
  async index({ request }: HttpContext) {
    const { filters, page } = toPageRequest(await launchQuery.read(request.qs()))
    return readFactPage('launch', filters, page)
  }
}

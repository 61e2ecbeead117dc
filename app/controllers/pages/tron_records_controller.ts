import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { newestRecords } from '#feed/tron/newest_records'
import { readTronAddress } from '#foundation/text/tron_address'
import { visitingViewer } from '#http/viewer'
import { MOST_ROWS, tronRecordsView } from '#views/tron_record_view'

export default class TronRecordsController {
  /** The newest records of the network, and the way to an account by its address. */
  async index(ctx: HttpContext) {
    const wanted = ctx.request.input('address')
    const address = typeof wanted === 'string' ? readTronAddress(wanted.trim()) : null
    if (address) {
      return ctx.response.redirect(`/tron/${address}`)
    }
    const { chainId, name } = tronConfig.network
    const records = await newestRecords(chainId, MOST_ROWS)
    return ctx.view.render('pages/tron_records', {
      network: name,
      isMistyped: Boolean(wanted),
      records: tronRecordsView(records, name, visitingViewer(ctx)),
    })
  }
}

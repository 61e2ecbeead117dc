import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { accountState } from '#feed/tron/account_state'
import { recordPage } from '#feed/tron/record_pages'
import { systemClock } from '#foundation/clock'
import { readTronAddress } from '#foundation/text/tron_address'
import { visitingViewer } from '#http/viewer'
import { tronView } from '#views/tron_view'

/** Records of each list that are shown. */
const NEWEST = { page: 1, limit: 20 }

export default class TronController {
  /** What an account of TRON has staked, delegated and on its way out. */
  async show(ctx: HttpContext) {
    const address = readTronAddress(String(ctx.params.address))
    if (address === null) {
      ctx.response.status(404)
      return ctx.view.render('pages/errors/unknown_tron_account')
    }
    const { network } = tronConfig
    const now = systemClock.now()
    const filters = { chain_id: network.chainId, owner_address: address }
    const [state, stake, delegate] = await Promise.all([
      accountState(network.chainId, address, now),
      recordPage('stake', filters, NEWEST, now),
      recordPage('delegate', filters, NEWEST, now),
    ])
    const viewer = visitingViewer(ctx, now)
    const records = [...stake, ...delegate]
    return ctx.view.render('pages/tron', {
      account: tronView(state, records, network.name, viewer),
    })
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import { creatorRecords } from '#feed/creator_records'
import { feedRows } from '#feed/feed_rows'
import { findLaunches } from '#feed/find_launches'
import { marketReader } from '#http/money'
import { watchingOf } from '#http/watching'
import { addressView } from '#views/address_view'
import { creatorView } from '#views/creator_view'
import { readFeedQuery } from '#validators/feed_query'

const ROWS = 50

export default class CreatorController {
  /** The tokens that an address has launched, newest first. */
  async show(ctx: HttpContext) {
    const given = String(ctx.params.address)
    const creator = /^0x[0-9a-f]{40}$/i.test(given) ? given.toLowerCase() : null
    const { before } = await readFeedQuery(ctx.request.qs())
    const page = creator
      ? await findLaunches({ creator }, { before, limit: ROWS })
      : { rows: [], below: null }
    if (!creator || (page.rows.length === 0 && !before)) {
      ctx.response.status(404)
      return ctx.view.render('pages/errors/unknown_token', { address: given })
    }

    const [launches, records] = await Promise.all([feedRows(page.rows), creatorRecords([creator])])
    const reader = await marketReader(ctx)
    return ctx.view.render('pages/creator', {
      creator: creatorView(addressView(creator), records.get(creator)!, launches, reader),
      older: page.below === null ? null : `/creators/${given}?before=${page.below}`,
      watching: await watchingOf(ctx),
    })
  }
}

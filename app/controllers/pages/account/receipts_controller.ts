import type { HttpContext } from '@adonisjs/core/http'
import Payment from '#models/payment'
import { viewerOf } from '#http/viewer'
import { receiptAnswer, receiptView } from '#views/receipt_view'

/** What a user paid, to print or to keep. */
export default class ReceiptsController {
  async show(ctx: HttpContext) {
    const { id: ownerId, walletAddress } = ctx.auth.use('web').getUserOrFail()
    const payment = await Payment.query()
      .where({ id: Number(ctx.params.id), ownerId })
      .whereNull('removed_at')
      .firstOrFail()
    if (ctx.request.accepts(['html', 'json']) === 'json' || ctx.request.qs().format === 'json') {
      return ctx.response.send({ data: receiptAnswer(payment, walletAddress) })
    }
    const receipt = receiptView(payment, walletAddress, viewerOf(ctx))
    return ctx.view.render('pages/receipt', { receipt })
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import verificationConfig from '#config/verification'
import { Refusal } from '#foundation/errors'
import { systemClock } from '#foundation/clock'
import { answerForm } from '#http/form_answers'
import { toPageRequest } from '#http/page_cursor'
import { viewerOf } from '#http/viewer'
import { findOrder } from '#orders/order_list'
import { orderQuery } from '#validators/order_requests'
import { PackageFiles } from '#verification/evidence/package_files'
import { requestVerification } from '#verification/jobs/retry_jobs'
import { findPackage, readStory } from '#verification/order_story'
import { ordersList } from '#views/orders_list'
import { orderPage } from '#views/order_page'

/** Orders on the OKX accounts of the user who is logged in. */
export default class OrdersController {
  async index(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    const { filters, page } = toPageRequest(await orderQuery.read(ctx.request.qs()))
    const list = await ordersList(id, filters, page, viewerOf(ctx))
    return ctx.view.render('pages/orders', list)
  }

  async show(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    const story = await readStory(await findOrder(id, ctx.params.id))
    return ctx.view.render('pages/order', { order: orderPage(story, viewerOf(ctx)) })
  }

  /** Verifies an order once more; the page says what comes of it. */
  async verify(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    const order = await findOrder(id, ctx.params.id)
    await answerForm(ctx, `/orders/${order.id}`, async () => {
      try {
        await requestVerification(order, 'user', systemClock)
        return { key: 'asked' }
      } catch (error) {
        if (error instanceof Refusal) return { key: error.code, isProblem: true }
        throw error
      }
    })
  }

  /** The file of a package, to keep and to hand on. */
  async evidence(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    const { contentHash } = await findPackage(id, ctx.params.uid)
    const text = await new PackageFiles(verificationConfig.folder).read(contentHash)
    if (text === null) {
      throw new Refusal('unknown', 'evidence_gone', 'The file of this package is gone')
    }
    ctx.response.header('content-type', 'application/json')
    ctx.response.header('content-disposition', `attachment; filename="${contentHash}.json"`)
    return ctx.response.send(text)
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import { answerForm } from '#http/form_answers'
import { viewerOf } from '#http/viewer'
import { findOrder } from '#orders/order_list'
import { readMetrics } from '#orders/metrics'
import { retryJob } from '#verification/jobs/retry_jobs'
import { lastFailed, queueDetails, queueStates } from '#verification/jobs/queues'
import { readStory } from '#verification/order_story'
import { operatorOrders, readAccounts } from '#views/operator/orders_view'
import { orderPage } from '#views/order_page'
import { ordersList } from '#views/orders_list'

/** Rows of each list. */
const NEWEST = 20

/** Queues of verifications, accounts at OKX, and the operator's own orders. */
export default class OrdersController {
  async index(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const [metrics, queues, jobs, failed, accounts, own] = await Promise.all([
      readMetrics(systemClock),
      queueStates(),
      queueDetails(),
      lastFailed(NEWEST),
      readAccounts(),
      ordersList(null, {}, { limit: NEWEST }, viewer),
    ])
    const stored = { metrics, queues, jobs, failed, accounts }
    return ctx.view.render('pages/operator/orders', { ...operatorOrders(stored, viewer), ...own })
  }

  /** One of the operator's own orders: those of users are theirs alone. */
  async show(ctx: HttpContext) {
    const story = await readStory(await findOrder(null, ctx.params.id))
    return ctx.view.render('pages/order', { order: orderPage(story, viewerOf(ctx), true) })
  }

  /** Verifies an order again whose verification failed. */
  async retry(ctx: HttpContext) {
    await answerForm(ctx, '/operator/orders', async () => {
      try {
        await retryJob(String(ctx.request.input('job_uid')), systemClock)
        return { key: 'verificationRetried' }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return { key: 'verificationRefused', detail: error.message, isProblem: true }
      }
    })
  }
}

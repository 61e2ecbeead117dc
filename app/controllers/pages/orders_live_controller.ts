import { finished } from 'node:stream'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { EventStream } from '#feed/event_stream'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { toPageRequest } from '#http/page_cursor'
import { answerEvents } from '#http/streams'
import { viewerOf } from '#http/viewer'
import { findOrder } from '#orders/order_list'
import { orderQuery } from '#validators/order_requests'
import { lastEnded } from '#verification/news'
import { readStory } from '#verification/order_story'
import { ordersList } from '#views/orders_list'
import { orderPage, verificationToast } from '#views/order_page'

/** How long a page follows one stream before it asks for the next, in milliseconds. */
const OPEN_MS = 5 * 60_000

@inject()
export default class OrdersLiveController {
  constructor(private readonly commits: SharedCommitWatcher) {}

  /** The first page of the list, or with an id one order, whenever it has changed; and toasts. */
  async show(ctx: HttpContext) {
    const user = ctx.auth.use('web').getUserOrFail()
    const { filters, page } = toPageRequest(await orderQuery.read(ctx.request.qs()))
    const { id } = ctx.params
    if (id) await findOrder(user.id, id)

    const render = async () => {
      const viewer = viewerOf(ctx)
      if (id) {
        const story = await readStory(await findOrder(user.id, id))
        return ctx.view.render('components/orders/story', { order: orderPage(story, viewer) })
      }
      const list = await ordersList(user.id, filters, page, viewer)
      return ctx.view.render('components/orders/list', list)
    }
    const stream = new EventStream(() => undefined, { isHeard: true })
    const gone = new AbortController()
    finished(stream, () => gone.abort())
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(OPEN_MS)])
    const read = async () => ({ html: await render(), ended: await lastEnded(user.id) })

    const send = async () => {
      let sent: string | undefined
      let told: number | undefined
      for await (const { html, ended } of this.commits.reads(read, signal)) {
        if (html !== sent) stream.send({ event: 'orders', data: html })
        sent = html
        // What had ended before the page was opened is no news.
        if (told !== undefined && ended && ended.id > told) {
          const toast = verificationToast(ended)
          const words = await ctx.view.render('components/orders/toast', { toast })
          stream.send({ event: 'toast', data: words })
        }
        told = ended?.id ?? 0
      }
      stream.end()
    }
    void send().catch((error) => stream.destroy(error))
    answerEvents(ctx, stream)
  }
}

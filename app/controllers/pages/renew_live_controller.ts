import { finished } from 'node:stream'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { OPEN_MS, openCheckout } from '#billing/checkout/open_checkout'
import { currentCheckout } from '#billing/checkout/checkout'
import billingConfig from '#config/billing'
import { SharedReads } from '#feed/shared_reads'
import { EventStream } from '#feed/event_stream'
import { systemClock } from '#foundation/clock'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { answerEvents } from '#http/streams'
import { marketReader } from '#http/money'
import { viewerOf } from '#http/viewer'
import { renewView } from '#views/renew_view'

/** When to ask again while nothing can be paid, in seconds. */
const RETRY_S = 5

/** How old what one page was sent may be for another page of the same user, in milliseconds. */
const SHARED_MS = 100

const pages = new SharedReads<string>(SHARED_MS, systemClock)

@inject()
export default class RenewLiveController {
  constructor(private readonly commits: SharedCommitWatcher) {}

  /**
   * The part of the page that says how far a payment is, whenever that has changed. Ends before the
   * address stops being watched closely: a page that is still open comes back, and is watched on.
   */
  async show(ctx: HttpContext) {
    const user = ctx.auth.use('web').getUserOrFail()
    const opened = await openCheckout(user.id, billingConfig, systemClock)
    if ('closed' in opened) return ctx.response.status(503).header('retry-after', RETRY_S).send('')

    const stream = new EventStream(() => undefined, { isHeard: true })
    const gone = new AbortController()
    finished(stream, () => gone.abort())
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(OPEN_MS / 2)])

    const render = async () => {
      const viewer = viewerOf(ctx)
      const reader = await marketReader(ctx)
      const checkout = await currentCheckout(user.id, opened.to, viewer.now)
      if (!checkout) return ''
      const page = renewView(checkout, opened.to, user, { viewer, reader })
      return ctx.view.render('components/renew/pay', page)
    }
    const send = async () => {
      let sent: string | undefined
      // Each page of a user shows the same: it is made once.
      const { locale, money } = await marketReader(ctx)
      const key = `${user.id} ${locale} ${money.currency}`
      const read = () => pages.get(key, render)
      for await (const html of this.commits.reads(read, signal)) {
        if (html !== sent) stream.send({ event: 'pay', data: html })
        sent = html
      }
      stream.end()
    }
    void send().catch((error) => stream.destroy(error))
    answerEvents(ctx, stream)
  }
}

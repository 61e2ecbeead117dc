import type { HttpContext } from '@adonisjs/core/http'
import { currentCheckout } from '#billing/checkout/checkout'
import { openCheckout } from '#billing/checkout/open_checkout'
import { holderOf, takePass } from '#chat/one_use_keys'
import billingConfig from '#config/billing'
import { systemClock } from '#foundation/clock'
import { visitorLocale } from '#http/language'
import { marketReader } from '#http/money'
import { viewerIn } from '#http/viewer'
import User from '#models/user'
import { renewView } from '#views/renew_view'

/** What a session remembers of a pass: for whom it opens the pay page, and until when. */
const OPENED = 'pay_page'

/** Long enough to pay and to see it arrive. */
const OPEN_MS = 3_600_000

interface Opened {
  userId: number
  until: number
}

/** The pay page for a browser without wallet and login, such as that of a chat app. */
export default class PayPassController {
  /**
   * Asks for one more tap: chat apps open links by themselves to look for malice, and must not use
   * up the pass.
   */
  async show(ctx: HttpContext) {
    this.#keepPrivate(ctx)
    const { pass } = ctx.params
    const isGood = (await holderOf('pay', pass, systemClock)) !== null
    return ctx.view.render('pages/pay_pass', { pass: isGood ? pass : null })
  }

  /** Uses up the pass, and opens the pay page to this browser and to no other. */
  async store({ params, session, response }: HttpContext) {
    const userId = await takePass('pay', params.pass, systemClock)
    if (userId === null) {
      return response.redirect().status(303).toPath(`/pay/${params.pass}`)
    }
    session.put(OPENED, { userId, until: systemClock.now() + OPEN_MS } satisfies Opened)
    return response.redirect().status(303).toPath('/pay')
  }

  /** Address, amount and QR codes, and how far the payment is. Nothing else of the account. */
  async pay(ctx: HttpContext) {
    this.#keepPrivate(ctx)
    const user = await this.#user(ctx)
    if (!user) {
      return ctx.view.render('pages/pay_pass', { pass: null })
    }
    const opened = await openCheckout(user.id, billingConfig, systemClock)
    if ('closed' in opened) {
      ctx.logger.error(`no payment can be made: ${opened.cause.message}`)
      ctx.response.status(503)
      return ctx.view.render('pages/pay', { closed: opened.closed })
    }
    const viewer = viewerIn(visitorLocale(ctx), user.timeZone, systemClock.now())
    const checkout = await currentCheckout(user.id, opened.to, viewer.now)
    const reader = await marketReader(ctx)
    const page = renewView(checkout, opened.to, user, { viewer, reader })
    return ctx.view.render('pages/pay', page)
  }

  async #user({ session }: HttpContext): Promise<User | null> {
    const opened: Opened | undefined = session.get(OPENED)
    return opened && opened.until > systemClock.now() ? User.find(opened.userId) : null
  }

  #keepPrivate({ response }: HttpContext) {
    response.header('cache-control', 'no-store')
    // The pass is part of the address.
    response.header('referrer-policy', 'no-referrer')
  }
}

import type { HttpContext } from '@adonisjs/core/http'
import type { Checkout } from '#billing/checkout/checkout'
import plansConfig from '#config/plans'
import type DepositAddress from '#models/deposit_address'
import type User from '#models/user'
import { optionalAddressView } from '#views/address_view'
import { visitorLocale } from '#http/page_language'
import { shownZone } from '#views/user_center/local_time'
import { payView, type Reader } from '#views/renew/pay_view'
import { planOffers } from '#views/renew/plan_offers'
import { walletWords } from '#views/renew/wallet_words'

/** Who reads the page, and when. */
export function readerOf(ctx: HttpContext, user: User, now: number): Reader {
  const locale = visitorLocale(ctx)
  return {
    locale,
    now,
    timeZone: shownZone(user.timeZone, locale),
    wallet: optionalAddressView(user.walletAddress),
  }
}

/** The page of the plans and of paying for one. */
export function renewView(checkout: Checkout | null, to: DepositAddress, reader: Reader) {
  const chosen = checkout?.quote.state === 'open' ? checkout.quote.plan : undefined
  return {
    offers: planOffers(plansConfig, chosen),
    pay: checkout && payView(checkout, to, reader),
    wallet: reader.wallet,
    words: JSON.stringify(walletWords(to.chainId, reader.wallet, reader.locale)),
  }
}

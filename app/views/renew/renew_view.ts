import type { HttpContext } from '@adonisjs/core/http'
import type { PayState } from '#billing/paying/pay_state'
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
export function renewView(state: PayState | null, to: DepositAddress, reader: Reader) {
  const chosen = state?.quote.state === 'open' ? state.quote.plan : undefined
  return {
    offers: planOffers(plansConfig, chosen),
    pay: state && payView(state, to, reader),
    wallet: reader.wallet,
    words: JSON.stringify(walletWords(to.chainId, reader.wallet, reader.locale)),
  }
}

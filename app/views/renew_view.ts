import type { Checkout } from '#billing/checkout/checkout'
import type DepositAddress from '#models/deposit_address'
import type User from '#models/user'
import { optionalAddressView, type AddressView } from '#views/address_view'
import { languageState, type Locale } from '#http/language'
import type { MarketReader } from '#http/money'
import type { Viewer } from '#http/viewer'
import { payView } from '#views/pay_view'
import { planOffers } from '#views/plan_offers'

/** The page of the plans and of paying for one. */
export function renewView(
  checkout: Checkout | null,
  to: DepositAddress,
  user: User,
  { viewer, reader }: { viewer: Viewer; reader: MarketReader }
) {
  const wallet = optionalAddressView(user.walletAddress)
  const chosen = checkout?.quote.state === 'open' ? checkout.quote.plan : undefined
  return {
    offers: planOffers(reader, chosen),
    pay: checkout && payView(checkout, to, viewer, reader),
    wallet,
    words: JSON.stringify(walletWords(to.chainId, wallet, viewer.locale)),
  }
}

const STEPS = ['connecting', 'switching', 'asking', 'sent']
const REFUSALS = ['declined', 'wrongChain', 'otherAccount', 'failed', 'none']

/** What only the wallet knows stands as this in its words, for the page's script to fill in. */
const UNKNOWN = '#'

/** What the script says while a wallet of this browser pays, by the names that it has for the words. */
function walletWords(chainId: number, login: AddressView | null, locale: Locale) {
  const { t } = languageState(locale)
  const chain = t('renew.request.chainName', { id: String(chainId) })
  const known = { chain, wallet: UNKNOWN, account: UNKNOWN, login: login?.short }
  const names = ['pay', 'injected', ...STEPS, ...REFUSALS]

  return Object.fromEntries(names.map((name) => [name, t(`renew.wallet.${name}`, known)]))
}

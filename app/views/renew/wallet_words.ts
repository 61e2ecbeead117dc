import type { AddressView } from '#views/address_view'
import { languageState } from '#http/page_language'
import type { Locale } from '#http/page_language'

const STEPS = ['connecting', 'switching', 'asking', 'sent']
const REFUSALS = ['declined', 'wrongChain', 'otherAccount', 'failed', 'none']

/** What only the wallet knows stands as this in its words, for the page's script to fill in. */
const UNKNOWN = '#'

/** What the script says while a wallet of this browser pays, by the names that it has for the words. */
export function walletWords(chainId: number, login: AddressView | null, locale: Locale) {
  const { t } = languageState(locale)
  const chain = t('renew.request.chainName', { id: String(chainId) })
  const known = { chain, wallet: UNKNOWN, account: UNKNOWN, login: login?.short }
  const names = ['pay', 'injected', ...STEPS, ...REFUSALS]

  return Object.fromEntries(names.map((name) => [name, t(`renew.wallet.${name}`, known)]))
}

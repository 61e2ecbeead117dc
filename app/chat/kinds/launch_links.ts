import accountsConfig from '#config/accounts'
import { explorerUrl } from '#feed/explorer'
import { tradeLinks } from '#feed/trade_links'
import { sources } from '#sources/venues'
import type { ChatLink } from '#chat/kinds/chat_kind'
import type { LaunchEntry } from '#chat/kinds/launch_text'

/** Where people look at a token and trade it: never a link that its author has set. */
export function launchLinks({ chainId, address, source, kind }: LaunchEntry): ChatLink[] {
  const site = accountsConfig.appUrl
  const venue = sources.find(({ name }) => name === source)
  const sites = tradeLinks(chainId, address, venue)
  const urlOf = (label: string) => sites.find((one) => one.label === label)?.url
  const links = {
    chart: urlOf('DexScreener') ?? (site && `${site}/tokens/${address}`),
    explorer: explorerUrl(chainId, 'token', address),
    // What has graduated is traded in its pool.
    trade: kind === 'graduated' ? urlOf('PancakeSwap') : sites[0]?.url,
  }
  return Object.entries(links).flatMap(([name, url]) =>
    url ? [{ name: name as ChatLink['name'], url }] : []
  )
}

import demoConfig from '#config/demo'

/** The id of BSC, for which these sites are. */
const BSC = 56

const LAUNCHPADS: Record<string, (token: string) => string> = {
  four: (token) => `https://four.meme/token/${token}`,
  flap: (token) => `https://flap.sh/bnb/${token}`,
}

const SITES = {
  PancakeSwap: (token: string) =>
    `https://pancakeswap.finance/swap?chain=bsc&outputCurrency=${token}`,
  GMGN: (token: string) => `https://gmgn.ai/bsc/token/${token}`,
  DexScreener: (token: string) => `https://dexscreener.com/bsc/${token}`,
}

/** Where people trade or look at a token: its launchpad first. None for a chain that those sites do not know. */
export function tradeLinks(
  chainId: number,
  token: string,
  venue: { name: string; label: string } | undefined
): { label: string; url: string }[] {
  if (chainId !== BSC || demoConfig.isOn) return []

  const launchpad = venue && LAUNCHPADS[venue.name]
  const sites = Object.entries(SITES).map(([label, urlOf]) => ({ label, url: urlOf(token) }))
  return launchpad ? [{ label: venue.label, url: launchpad(token) }, ...sites] : sites
}

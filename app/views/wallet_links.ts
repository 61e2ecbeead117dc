/** Trust Wallet's number for BNB Smart Chain. */
const TRUST_BSC = '20000714'

/**
 * Links that open a page inside a wallet's own browser, where there is a wallet to log in with. The
 * forms are those of each wallet's documentation (docs.metamask.io, web3.okx.com/build,
 * developer.trustwallet.com).
 */
export function walletLinks(url: string): { name: string; url: string }[] {
  const { host, pathname, search } = new URL(url)
  const okx = `okx://wallet/dapp/url?dappUrl=${encodeURIComponent(url)}`
  const trust = new URLSearchParams({ coin_id: TRUST_BSC, url })

  return [
    { name: 'MetaMask', url: `https://link.metamask.io/dapp/${host}${pathname}${search}` },
    {
      name: 'OKX Wallet',
      url: `https://web3.okx.com/download?deeplink=${encodeURIComponent(okx)}`,
    },
    { name: 'Trust Wallet', url: `https://link.trustwallet.com/open_url?${trust}` },
  ]
}

/** Trust Wallet's number for BNB Smart Chain. */
const TRUST_BSC = '20000714'

/** The browser of the Binance app among its small programs. */
const BINANCE_BROWSER = 'yFK5FCqYprrXDiVFbhyRx7'

/**
 * Links that open a page inside a wallet's own browser, where there is a wallet to log in or pay with. The
 * forms are those of each wallet's documentation (docs.metamask.io, web3.okx.com/build,
 * developer.trustwallet.com, help.tokenpocket.pro, web3.bitget.com/docs, @binance/w3w-utils).
 */
export function walletLinks(url: string): { name: string; url: string }[] {
  const { host, pathname, search } = new URL(url)
  const okx = `okx://wallet/dapp/url?dappUrl=${encodeURIComponent(url)}`
  const trust = new URLSearchParams({ coin_id: TRUST_BSC, url })
  const tokenPocket = JSON.stringify({ url, chain: 'BSC', source: host })

  return [
    { name: 'Binance', url: binanceLink(url) },
    {
      name: 'OKX Wallet',
      url: `https://web3.okx.com/download?deeplink=${encodeURIComponent(okx)}`,
    },
    { name: 'Bitget Wallet', url: `https://bkcode.vip?action=dapp&url=${encodeURIComponent(url)}` },
    { name: 'TokenPocket', url: `tpdapp://open?params=${encodeURIComponent(tokenPocket)}` },
    { name: 'MetaMask', url: `https://link.metamask.io/dapp/${host}${pathname}${search}` },
    { name: 'Trust Wallet', url: `https://link.trustwallet.com/open_url?${trust}` },
  ]
}

function binanceLink(url: string): string {
  const query = `url=${encodeURIComponent(url)}&defaultChainId=56`
  const inApp =
    `bnc://app.binance.com/mp/app?appId=${BINANCE_BROWSER}` +
    `&startPagePath=${encoded('/pages/browser/index')}&startPageQuery=${encoded(query)}`
  return `https://app.binance.com/en/download?${new URLSearchParams({ _dp: encoded(inApp) })}`
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}

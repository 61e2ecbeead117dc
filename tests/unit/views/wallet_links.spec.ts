import { test } from '@japa/runner'
import { walletLinks } from '#views/wallet_links'

const PAGE = 'https://regou.example/renew?next=/a&b=c#pay'

/** The page that each link would open, read as the wallet reads it. */
const READ: Record<string, (url: URL) => string | null> = {
  'Binance': ({ searchParams }) => {
    const inApp = new URL(decoded(searchParams.get('_dp')))
    const query = new URLSearchParams(decoded(inApp.searchParams.get('startPageQuery')))
    return query.get('defaultChainId') === '56' ? query.get('url') : null
  },
  'OKX Wallet': ({ searchParams }) =>
    new URL(searchParams.get('deeplink')!).searchParams.get('dappUrl'),
  'Bitget Wallet': ({ searchParams }) => searchParams.get('url'),
  'TokenPocket': ({ searchParams }) => JSON.parse(searchParams.get('params')!).url,
  'MetaMask': ({ href }) => href.replace('link.metamask.io/dapp/', '') + '#pay',
  'Trust Wallet': ({ searchParams }) => searchParams.get('url'),
}

function decoded(text: string | null): string {
  return Buffer.from(text!, 'base64').toString()
}

test.group('Links into the browsers of wallets', () => {
  for (const [name, read] of Object.entries(READ)) {
    test(`open the whole address of the page: ${name}`, ({ assert }) => {
      const { url } = walletLinks(PAGE).find((link) => link.name === name)!
      assert.equal(read(new URL(url)), PAGE)
    })
  }
})

import { discoverWallets, wasUsedLast } from './wallets.js'

/**
 * Says so when the wallet speaks for another account than the one that is logged in. The session
 * goes on: looking at another account is not meant as that.
 */
export function watchAccount({ dataset }) {
  const warning = document.querySelector('[data-other-account]')
  const compare = ([current]) => {
    warning.hidden = !current || current.toLowerCase() === dataset.account
  }

  discoverWallets({
    none() {},
    async found(wallet) {
      if (!wasUsedLast(wallet)) return

      compare(await wallet.provider.request({ method: 'eth_accounts' }))
      wallet.provider.on?.('accountsChanged', compare)
    },
  })
}

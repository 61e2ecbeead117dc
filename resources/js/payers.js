import { pay } from './pay.js'
import { addWalletButton, discoverWallets, setDisabled } from './wallets.js'

/**
 * Every wallet of this browser as a button that pays, with the account that would, where the wallet
 * tells without asking its owner; and below them, in words, what a wallet waits for.
 *
 * @param words by their names; `#` stands for a wallet or an account
 * @param payment answers what is to be paid when a button is pressed
 */
export function payersOf(words, payment) {
  const [offer, list, progress] = ['div', 'div', 'p'].map((name) => document.createElement(name))
  offer.append(list, progress)
  list.className = 'grid gap-2'
  progress.className = 'mt-2 text-muted empty:hidden'
  progress.setAttribute('role', 'status')

  const tell = (name, account = '') => {
    progress.textContent = words[name].replace('#', short(account))
  }

  function add(wallet) {
    const [title, from] = [document.createElement('span'), document.createElement('span')]
    title.textContent = words.pay.replace('#', wallet.name)
    from.className = 'wallet-account'
    followAccount(wallet.provider, (account) => (from.textContent = short(account)))
    const button = addWalletButton(list, wallet, title, from)
    button.addEventListener('click', async () => {
      setDisabled(list, true)
      await pay(wallet.provider, payment(), tell)
      setDisabled(list, false)
    })
  }

  discoverWallets({ injectedName: words.injected, found: add, none: () => tell('none') })
  return offer
}

function followAccount(provider, show) {
  const showFirst = ([account = '']) => show(account)
  provider.on?.('accountsChanged', showFirst)
  provider.request({ method: 'eth_accounts' }).then(showFirst, () => {})
}

/** The ends of an account, by which people know it. */
function short(account) {
  return account.replace(/^(0x.{4}).*(.{4})$/, '$1…$2')
}

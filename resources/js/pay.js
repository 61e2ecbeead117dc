import { discoverWallets, rememberWallet, wasUsedLast } from './wallets.js'

/** What wallets answer (EIP-1193, EIP-3085): its owner says no; the chain is not known to it. */
const DECLINED = 4001
const UNKNOWN_CHAIN = 4902

const BSC = {
  chainId: '0x38',
  chainName: 'BNB Smart Chain',
  nativeCurrency: { name: 'BNB', symbol: 'BNB', decimals: 18 },
  rpcUrls: ['https://bsc-dataseed.bnbchain.org'],
  blockExplorerUrls: ['https://bscscan.com'],
}

/** Pays with the wallet that was used last, else with the first of this browser. */
export function payOnClick(section) {
  const wallets = []
  discoverWallets({
    injectedName: '',
    none() {},
    found(wallet) {
      if (wasUsedLast(wallet)) wallets.unshift(wallet)
      else wallets.push(wallet)
    },
  })

  section.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-pay]')
    if (!button) return

    const progress = section.querySelector('[data-progress]')
    const [wallet] = wallets
    if (!wallet) return (progress.textContent = button.dataset.none)

    button.disabled = true
    progress.textContent = button.dataset.asking
    try {
      await pay(wallet.provider, button.dataset)
      rememberWallet(wallet)
      progress.textContent = button.dataset.sent
    } catch ({ code }) {
      progress.textContent = code === DECLINED ? button.dataset.declined : button.dataset.failed
    } finally {
      button.disabled = false
    }
  })
}

async function pay(provider, { to, value, chain }) {
  const [from] = await provider.request({ method: 'eth_requestAccounts' })
  await switchTo(provider, chain)
  await provider.request({ method: 'eth_sendTransaction', params: [{ from, to, value }] })
}

/** A wallet on another chain would send worth of another kind to an address that nobody watches there. */
async function switchTo(provider, chainId) {
  const params = [{ chainId }]
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params })
  } catch (error) {
    if (error.code !== UNKNOWN_CHAIN || chainId !== BSC.chainId) throw error
    await provider.request({ method: 'wallet_addEthereumChain', params: [BSC] })
    await provider.request({ method: 'wallet_switchEthereumChain', params })
  }
}

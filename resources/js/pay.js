import { DECLINED } from './wallets.js'

/** What wallets answer when they do not know a chain (EIP-3085). */
const UNKNOWN_CHAIN = 4902

const BSC = {
  chainId: '0x38',
  chainName: 'BNB Smart Chain',
  nativeCurrency: { name: 'BNB', symbol: 'BNB', decimals: 18 },
  rpcUrls: ['https://bsc-dataseed.bnbchain.org'],
  blockExplorerUrls: ['https://bscscan.com'],
}

/** Why nothing was sent, as the name of the words for it. */
class NotPaid extends Error {
  constructor(why) {
    super(why)
    this.why = why
  }
}

/**
 * Has a wallet pay, and says at each step what it waits for.
 *
 * @param payment `to`, `value` and `chain` in hexadecimal; `payer`, where only one account may pay
 * @param tell takes the name of the words for a step, and the account that pays
 */
export async function pay(provider, { to, value, chain, payer }, tell) {
  try {
    tell('connecting')
    const [from] = await provider.request({ method: 'eth_requestAccounts' })
    if (payer && from.toLowerCase() !== payer) throw new NotPaid('otherAccount')

    if (!(await isOn(provider, chain))) {
      tell('switching', from)
      await switchTo(provider, chain)
    }
    tell('asking', from)
    const transaction = { from, to, value, chainId: chain }
    await provider.request({ method: 'eth_sendTransaction', params: [transaction] })
    tell('sent', from)
  } catch ({ code, why = code === DECLINED ? 'declined' : 'failed' }) {
    tell(why)
  }
}

async function isOn(provider, chain) {
  return Number(await provider.request({ method: 'eth_chainId' })) === Number(chain)
}

/** A wallet on another chain would send another currency, to an address that is not watched there. */
async function switchTo(provider, chainId) {
  try {
    await askToSwitch(provider, chainId)
  } catch ({ code }) {
    throw new NotPaid(code === DECLINED ? 'declined' : 'wrongChain')
  }
  if (!(await isOn(provider, chainId))) throw new NotPaid('wrongChain')
}

async function askToSwitch(provider, chainId) {
  const params = [{ chainId }]
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params })
  } catch (error) {
    if (error.code !== UNKNOWN_CHAIN || chainId !== BSC.chainId) throw error
    await provider.request({ method: 'wallet_addEthereumChain', params: [BSC] })
    await provider.request({ method: 'wallet_switchEthereumChain', params })
  }
}

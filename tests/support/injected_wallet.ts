import type { BrowserContext } from 'playwright'
import type { Address, Hex, PrivateKeyAccount } from 'viem'
import type { PayingChain } from '#tests/support/paying_chain'
import { someWallet } from '#tests/support/visitor'

/** A transaction as a page asks for it. */
interface AskedTransaction {
  to: Address
  value: Hex
}

interface Circumstances {
  wallet?: PrivateKeyAccount
  chain?: PayingChain
  stays?: boolean
}

/**
 * Gives the pages of a browser a wallet that announces itself as extensions do (EIP-6963), and
 * signs and sends without asking. It is on Ethereum until a page has it switch to another chain.
 *
 * @param chain where it sends transactions
 * @param stays makes it refuse to switch
 */
export async function injectWallet(
  context: BrowserContext,
  name: string,
  { wallet = someWallet(), chain, stays = false }: Circumstances = {}
) {
  const id = name.replaceAll(/\W/g, '').toLowerCase()
  await context.exposeFunction(`send_${id}`, ({ to, value }: AskedTransaction) =>
    chain!.spend(wallet.address, to, BigInt(value))
  )
  await context.exposeFunction(`sign_${id}`, (raw: `0x${string}`) =>
    wallet.signMessage({ message: { raw } })
  )
  await context.addInitScript({ content: announcing(id, name, wallet.address, stays) })
  return wallet
}

function announcing(id: string, name: string, address: string, stays: boolean): string {
  const info = { uuid: id, name, rdns: `test.${id}`, icon: ICON }
  return `{
    let chainId = '0x1'
    const request = async ({ method, params }) => {
      if (method === 'eth_requestAccounts' || method === 'eth_accounts') return ['${address}']
      if (method === 'personal_sign') return sign_${id}(params[0])
      if (method === 'eth_chainId') return chainId
      if (method === 'wallet_switchEthereumChain' && !${stays}) return ({ chainId } = params[0]), null
      if (method === 'eth_sendTransaction' && params[0].chainId === chainId) return send_${id}(params[0])
      throw Object.assign(new Error('unsupported'), { code: 4200 })
    }
    const detail = Object.freeze({ info: ${JSON.stringify(info)}, provider: { request, on() {} } })
    const announce = () => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
    addEventListener('eip6963:requestProvider', announce)
    announce()
  }`
}

const ICON =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"%3E%3Crect width="8" height="8" rx="2" fill="%23e8762d"/%3E%3C/svg%3E'

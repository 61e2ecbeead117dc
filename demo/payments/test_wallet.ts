import { testAccount, type LocalClient } from '#demo/payments/test_account'

/** What a wallet is asked for (EIP-1193). */
export interface WalletRequest {
  method: string
  params: unknown[]
}

/** What the local chain does for its own accounts; everything else of a node is none of a page's business. */
const DONE_BY_THE_CHAIN = ['eth_chainId', 'personal_sign', 'eth_sendTransaction']

/**
 * Answers as a wallet would that holds the test account.
 *
 * @returns undefined for what it does not understand
 */
export async function askTestWallet(client: LocalClient, { method, params }: WalletRequest) {
  if (method === 'eth_requestAccounts' || method === 'eth_accounts') {
    return [await testAccount(client)]
  }
  if (method === 'wallet_switchEthereumChain') {
    return null
  }
  return DONE_BY_THE_CHAIN.includes(method)
    ? client.request({ method, params } as never)
    : undefined
}

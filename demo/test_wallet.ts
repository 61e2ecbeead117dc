import { encodeFunctionData, parseAbi, type Address, type Hash } from 'viem'
import { MULTICALL3 } from '#demo/market/addresses'
import type { connect } from '#demo/chain/local_chain'

/** What a wallet is asked for (EIP-1193). */
interface WalletRequest {
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

/** Multicall3 pays on what it is given: https://www.multicall3.com/abi */
const FORWARDING = parseAbi([
  'struct Call { address target; bool allowFailure; uint256 value; bytes callData; }',
  'function aggregate3Value(Call[] calls) payable',
])

/** Who pays: an account, as wallets do, or a contract on its way, as many exchanges do. */
type Payer = 'account' | 'contract'

/** Pays with test money (wei), and answers before it is mined. */
export async function pay(
  client: LocalClient,
  payer: Payer,
  to: Address,
  value: bigint
): Promise<Hash> {
  const account = await testAccount(client)
  if (payer === 'account') {
    return client.sendTransaction({ account, to, value })
  }
  const call = { target: to, value, callData: '0x', allowFailure: false } as const
  const data = encodeFunctionData({
    abi: FORWARDING,
    functionName: 'aggregate3Value',
    args: [[call]],
  })
  return client.sendTransaction({ account, to: MULTICALL3, value, data })
}

type LocalClient = ReturnType<typeof connect>

/** The local chain's second account: it holds test money, and the chain itself signs for it. The market uses the first. */
async function testAccount(client: LocalClient): Promise<Address> {
  const [, second] = await client.getAddresses()
  return second!
}

import { encodeFunctionData, parseAbi, type Address, type Hash } from 'viem'
import { MULTICALL3 } from '#demo/market/addresses'
import { testAccount, type LocalClient } from '#demo/payments/test_account'

/** Multicall3 pays on what it is given: https://www.multicall3.com/abi */
const FORWARDING = parseAbi([
  'struct Call { address target; bool allowFailure; uint256 value; bytes callData; }',
  'function aggregate3Value(Call[] calls) payable',
])

/** Who pays: an account, as wallets do, or a contract on its way, as many exchanges do. */
export type Payer = 'account' | 'contract'

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

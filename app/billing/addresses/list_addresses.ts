import * as Value from 'ox/Value'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import DepositToken from '#models/deposit_token'
import { watchedAddresses } from '#billing/addresses/active_addresses'
import { finalizedBlock, readBalances } from '#billing/watcher/account_state'

/** An address with what it takes to sweep it. Amounts are wei in decimal text. */
export interface ListedAddress {
  user_id: number | null
  /** Null for the wallet that all share, which is no address of the key. */
  index: number | null
  path: string | null
  address: string
  /** At the end of the newest final block. */
  balance: string
  /** Tokens that were sent there, as text. */
  tokens: string[]
}

/** How many balances are read in one request. */
const AT_ONCE = 200

/**
 * All deposit addresses that hold something, or all there are.
 *
 * @throws RpcFailure
 */
export async function listAddresses(
  endpoints: EndpointPool,
  chainId: number,
  { empty }: { empty: boolean }
): Promise<ListedAddress[]> {
  const block = await finalizedBlock(endpoints)
  const listed: ListedAddress[] = []
  for (let after = 0; ;) {
    const part = await watchedAddresses(chainId).where('id', '>', after).limit(AT_ONCE)
    if (part.length === 0) return listed

    const ids = part.map(({ id }) => id)
    const balances = await readBalances(
      endpoints,
      part.map(({ address }) => address),
      block
    )
    const tokens = await DepositToken.query().whereIn('address_id', ids).orderBy('id')
    for (const [position, { id, userId, derivationIndex: index, address }] of part.entries()) {
      const sent = tokens.filter(({ addressId }) => addressId === id).map(tokenText)
      const balance = balances[position]!
      if (!empty && balance === 0n && sent.length === 0) continue
      const path = index === null ? null : `m/44'/60'/0'/0/${index}`
      const amounts = { balance: String(balance), tokens: sent }
      listed.push({ user_id: userId, index, path, address, ...amounts })
    }
    after = ids.at(-1)!
  }
}

/** What came, of which token: it may have been taken away since. */
export function tokenText({ amount, decimals, symbol, tokenAddress }: DepositToken): string {
  return `${Value.format(amount, decimals ?? 0)} ${symbol ?? 'of a token'} (${tokenAddress})`
}

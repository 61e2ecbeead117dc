import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHead } from '#foundation/rpc/read_head'
import DepositAddress from '#models/deposit_address'
import UnconfirmedDeposit from '#models/unconfirmed_deposit'
import { readBalances } from '#billing/watcher/account_state'

/**
 * Notes what has reached addresses of users in blocks that are not final yet. It credits nothing:
 * it is for the pay page.
 *
 * @param finalBlock the block up to which the addresses are accounted for
 * @returns whether a deposit is unconfirmed
 * @throws RpcFailure
 */
export async function noteUnconfirmed(
  ids: readonly number[],
  finalBlock: number,
  { endpoints, clock }: { endpoints: EndpointPool; clock: Clock }
): Promise<boolean> {
  const addresses = await DepositAddress.query()
    .whereIn('id', [...ids])
    .whereNotNull('user_id')
  if (addresses.length === 0) return false

  const { number: headBlock } = await readHead(endpoints, 'latest')
  const balances = await readBalances(
    endpoints,
    addresses.map(({ address }) => address),
    headBlock
  )
  const noted = await UnconfirmedDeposit.all()
  const known = new Set(noted.map(({ addressId }) => addressId))

  let hasUnconfirmed = false
  for (const [index, { id, seenBalance }] of addresses.entries()) {
    const amount = balances[index]! - seenBalance
    hasUnconfirmed ||= amount > 0n
    if (amount > 0n || known.has(id)) {
      await storeUnconfirmed({ addressId: id, amount, finalBlock, headBlock }, clock.now())
    }
  }
  return hasUnconfirmed
}

/** What an address holds above what is final (wei), and the blocks between which it came in. */
interface Rise {
  addressId: number
  amount: bigint
  finalBlock: number
  headBlock: number
}

/**
 * Keeps a rise on record, so that every page of its owner tells the same. Writes only what has
 * changed; a rise of nothing, because it is final or a reorg took it back, ends the record.
 */
function storeUnconfirmed({ addressId, amount, finalBlock, headBlock }: Rise, now: number) {
  return writeTransaction(async (client) => {
    const known = await UnconfirmedDeposit.find(addressId, { client })
    if (amount <= 0n) {
      await known?.delete()
    } else if (known?.amount === amount) {
      await known.merge({ finalBlock }).save()
    } else {
      await known?.delete()
      await UnconfirmedDeposit.create(
        {
          addressId,
          amount,
          fromBlock: finalBlock,
          finalBlock,
          blockNumber: headBlock,
          createdAt: now,
        },
        { client }
      )
    }
  })
}

import type { Clock } from '#foundation/clock'
import { type EndpointPool, readHead } from '#foundation/rpc/endpoint_pool'
import DepositAddress from '#models/deposit_address'
import DepositSighting from '#models/deposit_sighting'
import { readBalances } from '#billing/watching/balances'
import { noteSighting } from '#billing/sightings/note_sighting'

/**
 * Sees what has reached addresses of users in blocks that are not final yet. It credits nothing:
 * it is for the page of whoever waits.
 *
 * @param finalBlock the block up to which the addresses are accounted for
 * @returns whether something is on its way
 * @throws RpcFailure
 */
export async function sightUnfinal(
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
  const sightings = await DepositSighting.all()
  const known = new Set(sightings.map(({ addressId }) => addressId))

  let isExpecting = false
  for (const [index, { id, seenBalance }] of addresses.entries()) {
    const amount = balances[index]! - seenBalance
    isExpecting ||= amount > 0n
    if (amount > 0n || known.has(id)) {
      await noteSighting({ addressId: id, amount, finalBlock, headBlock }, clock.now())
    }
  }
  return isExpecting
}

import { writeTransaction } from '#foundation/db/write_transaction'
import DepositSighting from '#models/deposit_sighting'

/** What an address holds above what is final (wei), and the blocks between which it came in. */
export interface Rise {
  addressId: number
  amount: bigint
  finalBlock: number
  headBlock: number
}

/**
 * Keeps on record what is on its way, so that every page of its owner tells the same. Writes only
 * what has changed; a rise of nothing, because it is final or a reorg took it back, ends the record.
 *
 * @param now epoch milliseconds
 */
export function noteSighting({ addressId, amount, finalBlock, headBlock }: Rise, now: number) {
  return writeTransaction(async (client) => {
    const known = await DepositSighting.find(addressId, { client })
    if (amount <= 0n) {
      await known?.delete()
    } else if (known?.amount === amount) {
      await known.merge({ finalBlock }).save()
    } else {
      await known?.delete()
      await DepositSighting.create(
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

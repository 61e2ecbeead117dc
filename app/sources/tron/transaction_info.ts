import { TronDecodeError } from '#sources/tron/decode_error'
import { arrayOf, integerOf, objectOf } from '#sources/tron/json'
import { TRON_RESOURCES, type TronHash, type TronResource } from '#sources/tron/records'

/** What a stake transaction moved, as `TransactionInfo` tells it: no root covers it. */
export interface StakeEffects {
  /** Sun of matured unfreezings that were paid out. */
  withdrawnSun: bigint
  /** Sun of unfreezings that a cancel froze again, for each resource that had any. */
  cancelledSun: Partial<Record<TronResource, bigint>>
}

/**
 * Reads the answer to `gettransactioninfobyblocknum`, by transaction id. `[]` is also the answer for a
 * block that a node has not got.
 *
 * @throws TronDecodeError
 */
export function readTransactionInfos(answer: unknown): Map<TronHash, StakeEffects> {
  const infos = arrayOf(answer, 'TransactionInfos').map((each) => {
    const info = objectOf(each, 'a TransactionInfo')
    if (typeof info.id !== 'string') {
      throw new TronDecodeError('a TransactionInfo has no id')
    }
    const effects = {
      withdrawnSun: sunOf(info.withdraw_expire_amount),
      cancelledSun: cancelledOf(info.cancel_unfreezeV2_amount ?? []),
    }
    return [info.id, effects] as const
  })
  return new Map(infos)
}

/** A protobuf map: nodes print it as a list of key and value, some libraries as an object. */
function cancelledOf(map: unknown): Partial<Record<TronResource, bigint>> {
  const entries = Array.isArray(map)
    ? map.map((each) => {
        const { key, value } = objectOf(each, 'an entry of a map')
        return [key, value] as const
      })
    : Object.entries(objectOf(map, 'a map'))

  const amounts = entries.map(([key, value]): [TronResource, bigint] => {
    const resource = TRON_RESOURCES.find((each) => each === key)
    if (!resource) {
      throw new TronDecodeError('stake was cancelled for a resource that is not known')
    }
    return [resource, sunOf(value)]
  })
  return Object.fromEntries(amounts.filter(([, sun]) => sun > 0n))
}

function sunOf(value: unknown): bigint {
  const sun = integerOf(value)
  if (sun < 0) {
    throw new TronDecodeError('an amount is below 0')
  }
  return BigInt(sun)
}

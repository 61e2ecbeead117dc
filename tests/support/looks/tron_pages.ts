import { systemClock } from '#foundation/clock'
import TronAccountCheck from '#models/tron_account_check'
import {
  DAY_MS,
  someTronAddress,
  storeTronBlocks,
  tronBlock,
  tronRecord,
  TRON,
} from '#tests/support/tron_records'

const TRX = 1_000_000n

/** An account on which everything that its page shows has happened; answers its address. */
export async function storeFullTronAccount(): Promise<string> {
  const now = systemClock.now()
  const owner = someTronAddress()
  const at = (days: number, parts: object[]) => {
    const time = now - days * DAY_MS
    const number = Math.floor(time / 3000)
    const records = parts.map((part) => tronRecord({ kind: 'freeze', owner, ...part }))
    return tronBlock(number, records, { timestampMs: time, parentTimestampMs: time - 3000 })
  }
  const unfreeze = (days: number, trx: bigint) => ({
    kind: 'unfreeze',
    amountSun: trx * TRX,
    availableAt: now + (14 - days) * DAY_MS,
  })
  const delegate = (trx: bigint, lockedUntil: number | null = null) => ({
    kind: 'delegate',
    receiver: someTronAddress(),
    amountSun: trx * TRX,
    lockedUntil,
  })
  await storeTronBlocks(
    [
      at(30, [{ amountSun: 1_234_567n * TRX }, { resource: 'BANDWIDTH', amountSun: 402n * TRX }]),
      at(20, [delegate(250_000n, now + 3 * DAY_MS), delegate(1_500n)]),
      at(15, [unfreeze(15, 8_000n)]),
      at(3, [unfreeze(3, 12_345n), delegate(77n, now + DAY_MS / 2)]),
      at(0, [{ kind: 'withdraw', resource: null, amountSun: null, infoState: 'missing' }]),
      { ...at(0, [unfreeze(0, 1n)]), proof: 'single' as const, id: 'ab'.repeat(32) },
    ],
    { now }
  )
  const check = { chainId: TRON, address: owner, fromBlock: 1, toBlock: 2, state: {} }
  await TronAccountCheck.create({ ...check, verdict: 'agrees', createdAt: now })
  return owner
}

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
  await storeDifference(owner, now)
  return owner
}

/** A check that found that an account has 567 TRX more than its records say, after one that agreed. */
export function storeDifference(address: string, now: number) {
  const sums = (energy: bigint) => ({
    staked: { BANDWIDTH: '0', ENERGY: String(energy * TRX), TRON_POWER: '0' },
    delegated: { BANDWIDTH: '0', ENERGY: String(250_000n * TRX), TRON_POWER: '0' },
    unfreezing: String(12_346n * TRX),
  })
  const blocks = { fromBlock: 79_000_000, toBlock: 79_028_800 }
  const found = { state: sums(1_234_567n), expected: sums(1_234_000n) }
  const check = { chainId: TRON, address, verdict: 'differs' as const, ...blocks, ...found }
  return TronAccountCheck.createMany([
    { ...check, verdict: 'agrees', toBlock: 78_999_999, createdAt: now - DAY_MS },
    { ...check, difference: { 'staked.ENERGY': String(567n * TRX) }, createdAt: now },
  ])
}

import { test } from '@japa/runner'
import { readAccountSums } from '#sources/tron/account_sums'
import { readBlockJson } from '#sources/tron/block_json'
import { sha256Hex } from '#sources/tron/hashes'
import { writeMessage, type Field } from '#sources/tron/protobuf_writer'
import { cancelBlock } from '#tests/support/tron_fixtures'

const OWNER = Buffer.from('41c8599111f29c1e1e061265b4af93ea1f274ad78a', 'hex')

/** A time in nanoseconds, as some clients of 2018 wrote it: more than a JavaScript number holds. */
const NANOSECONDS = 1_530_114_317_052_000_000n

/** What JSON of a transaction says beside its contract. */
interface Told {
  type: number
  name: string
  ret?: object[]
  timestamp?: bigint
}

/** A block as HTTP answers it, with this one transaction. */
function blockWith({ type, name, ret, timestamp = 0n }: Told) {
  const parameter: Field[] = [[1, OWNER]]
  const any: Field[] = [
    [1, `type.googleapis.com/protocol.${name}`],
    [2, writeMessage(parameter)],
  ]
  const contract: Field[] = [
    [1, type],
    [2, writeMessage(any)],
  ]
  const rawData = writeMessage([
    [11, writeMessage(contract)],
    [14, timestamp],
  ])
  const { block } = cancelBlock()
  const value = { owner_address: OWNER.toString('hex') }
  block.transactions = [
    {
      txID: sha256Hex(rawData),
      raw_data_hex: rawData.toString('hex'),
      signature: [],
      ...(ret && { ret }),
      raw_data: {
        contract: [{ type: name, parameter: { value } }],
        // As JSON.parse reads it.
        timestamp: Number(timestamp),
      },
    },
  ]
  return readBlockJson(block)
}

/** docs/tron.md lists where each was reported. */
test.group('What people report of TRON', () => {
  test('a second result with an amount, which anyone who sends a call may add, is no unfreeze', ({
    assert,
  }) => {
    const given = blockWith({
      type: 31,
      name: 'TriggerSmartContract',
      ret: [{ contractRet: 'SUCCESS' }, { unfreeze_amount: 1_000_000_000 }],
    })
    assert.isEmpty(given.stake.transactions)
    assert.deepEqual(given.stake.counts, {})
    assert.isNull(given.contradiction)
  })

  test('a result that holds a field without a name stops nothing', ({ assert }) => {
    const { block } = cancelBlock()
    block.transactions[0].ret = [{ '4': [''] }]

    const given = readBlockJson(block)
    assert.isFalse(given.isProven)
    assert.lengthOf(given.stake.transactions, 1)
  })

  test('a stake of 2018 without a result, timed in nanoseconds, is counted and passed', ({
    assert,
  }) => {
    const given = blockWith({
      type: 11,
      name: 'FreezeBalanceContract',
      timestamp: NANOSECONDS,
    })
    assert.deepEqual(given.stake, {
      transactions: [],
      unreadable: [],
      counts: { freeze_v1: 1 },
    })
  })

  test('a call that ran out of energy is in its block, and has done nothing', ({ assert }) => {
    const given = blockWith({
      type: 31,
      name: 'TriggerSmartContract',
      ret: [{ contractRet: 'OUT_OF_ENERGY', fee: 27_600_000 }],
    })
    assert.equal(given.txCount, 1)
    assert.isEmpty(given.stake.transactions)
  })

  test('what is delegated is a part of what is staked, and not counted twice', ({ assert }) => {
    const { staked, delegated } = readAccountSums({
      address: OWNER.toString('hex'),
      frozenV2: [{}, { type: 'ENERGY', amount: 60_000_000 }, { type: 'TRON_POWER' }],
      account_resource: { delegated_frozenV2_balance_for_energy: 40_000_000 },
    })
    assert.deepEqual(staked, { BANDWIDTH: 0n, ENERGY: 100_000_000n, TRON_POWER: 0n })
    assert.equal(delegated.ENERGY, 40_000_000n)
  })
})

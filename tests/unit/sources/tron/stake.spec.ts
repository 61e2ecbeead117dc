import { test } from '@japa/runner'
import { contradictionOf } from '#sources/tron/contradictions'
import { TronDecodeError } from '#sources/tron/decode_error'
import { sha256 } from '#sources/tron/hashes'
import { recordsOf } from '#sources/tron/make_records'
import { Message } from '#sources/tron/protobuf'
import { writeMessage, type Field } from '#sources/tron/protobuf_writer'
import { readStake } from '#sources/tron/read_stake'
import { Signers } from '#sources/tron/signatures'
import { TronTransaction } from '#sources/tron/transaction'
import type { StakeEffects } from '#sources/tron/transaction_info'
import { readTransactionInfos } from '#sources/tron/transaction_info'
import { seededRandom } from '#tests/support/random'
import { realBlockBytes, realHeaders } from '#tests/support/tron_fixtures'

const OWNER = Buffer.from('41c8599111f29c1e1e061265b4af93ea1f274ad78a', 'hex')
const RECEIVER = Buffer.from('41b6e708a39781c96bd399c7657780ff9fe9f052a8', 'hex')
const NAMES: Record<number, string> = {
  11: 'FreezeBalanceContract',
  54: 'FreezeBalanceV2Contract',
  55: 'UnfreezeBalanceV2Contract',
  56: 'WithdrawExpireUnfreezeContract',
  57: 'DelegateResourceContract',
  58: 'UnDelegateResourceContract',
  59: 'CancelAllUnfreezeV2Contract',
}
const DAY_MS = 86_400_000

test.group('Stake transactions of TRON', () => {
  test('times count from the block before, as nodes count them', ({ assert }) => {
    const [unfreeze] = records(55, [
      [1, OWNER],
      [2, 5n],
    ])
    assert.equal(unfreeze!.availableAt, 300_000 + 14 * DAY_MS)
    const [delegate] = records(57, [...delegation, [5, 1], [6, 28_800]])
    assert.equal(delegate!.lockedUntil, 300_000 + 28_800 * 3_000)
  })

  test('what is left out has its default', ({ assert }) => {
    const [freeze] = records(54, [
      [1, OWNER],
      [2, 7n],
    ])
    assert.deepInclude(freeze, { resource: 'BANDWIDTH', amountSun: 7n, permissionId: 0 })
    const [forThreeDays] = records(57, [...delegation, [5, 1]])
    assert.deepInclude(forThreeDays, { lock: true, lockBlocks: 86_400 })
    const [lengthAlone] = records(57, [...delegation, [6, 28_800]])
    assert.deepInclude(lengthAlone, { lock: false, lockBlocks: null, lockedUntil: null })
  })

  test('an unfreeze that pays out what is due has a withdraw beside it', ({ assert }) => {
    const effects = { withdrawnSun: 9n, cancelledSun: {} }
    const [own, paidOut] = records(
      55,
      [
        [1, OWNER],
        [2, 5n],
        [3, 1],
      ],
      effects
    )
    assert.deepInclude(own, { kind: 'unfreeze', resource: 'ENERGY', amountSun: 5n })
    assert.deepInclude(paidOut, {
      kind: 'withdraw',
      resource: null,
      amountSun: 9n,
      causedBy: 'unfreeze',
      availableAt: null,
    })
  })

  test('a withdraw and a cancel whose TransactionInfo is missing have no amount', ({ assert }) => {
    for (const type of [56, 59]) {
      const [record, ...others] = records(type, [[1, OWNER]])
      assert.isEmpty(others)
      assert.deepInclude(record, { amountSun: null, infoState: 'missing' })
    }
  })

  test('a cancel has a record for each resource that it froze again', ({ assert }) => {
    const effects = { withdrawnSun: 3n, cancelledSun: { ENERGY: 1n, TRON_POWER: 2n } }
    const made = records(59, [[1, OWNER]], effects)
    assert.deepEqual(
      made.map(({ kind, resource, amountSun }) => [kind, resource, amountSun]),
      [
        ['cancel', 'ENERGY', 1n],
        ['cancel', 'TRON_POWER', 2n],
        ['withdraw', null, 3n],
      ]
    )
  })

  test('stake 1.0 is counted, and what lies about its type is set aside', ({ assert }) => {
    assert.deepEqual(read(11, [[1, OWNER]]).counts, { freeze_v1: 1 })
    const { transactions, unreadable } = read(57, [[1, OWNER]], NAMES[54])
    assert.isEmpty(transactions)
    assert.equal(unreadable[0]!.detail, 'a contract of type 57 holds a FreezeBalanceV2Contract')
  })

  test('a node that decodes another length of a lock than was signed contradicts the bytes', ({
    assert,
  }) => {
    const told = (value: object) => {
      const type = NAMES[57]!
      const given = { owner_address: OWNER.toString('hex'), balance: 5 }
      const receiver = { receiver_address: RECEIVER.toString('hex') }
      const decoded = { type, permissionId: 0, value: { ...given, ...receiver, ...value } }
      return contradictionOf(transaction(57, [...delegation, [5, 1], [6, 28_800]]), [decoded])
    }
    assert.isNull(told({ lock: true, lock_period: 28_800 }))
    assert.equal(told({ lock: true, lock_period: 200 }), 'another lock')
    assert.equal(told({ lock: true }), 'another lock')
    assert.equal(told({}), 'another lock')
  })

  test('amounts of a cancel are read from a list and from an object', ({ assert }) => {
    const map = { ENERGY: 10, BANDWIDTH: 0 }
    const list = Object.entries(map).map(([key, value]) => ({ key, value }))
    for (const cancelled of [map, list]) {
      const answer = [{ id: 'a', cancel_unfreezeV2_amount: cancelled }]
      assert.deepEqual(readTransactionInfos(answer).get('a')!.cancelledSun, { ENERGY: 10n })
    }
  })
})

test.group('Hostile bytes', () => {
  test('cut and altered messages throw nothing but the named error', ({ assert }) => {
    const random = seededRandom(7)
    const bytes = realBlockBytes().subarray(0, 600)
    for (let round = 0; round < 3_000; round++) {
      const altered = Buffer.from(bytes.subarray(0, random.between(0, bytes.length)))
      for (let change = 0; change < 3 && altered.length > 0; change++) {
        altered[random.between(0, altered.length - 1)] = random.between(0, 255)
      }
      try {
        const message = new Message(altered)
        message.integer(1)
        message.all(1).forEach((inner) => new Message(inner).bytes(1))
      } catch (error) {
        assert.instanceOf(error, TronDecodeError)
      }
    }
  })

  test('numbers above 2^53 are kept whole, and negative ones are read', ({ assert }) => {
    const message = new Message(
      writeMessage([
        [1, 2n ** 62n + 1n],
        [2, -3n],
      ])
    )
    assert.equal(message.number(1), 2n ** 62n + 1n)
    assert.equal(message.number(2), -3n)
    assert.throws(() => message.integer(1), TronDecodeError)
  })

  test('a signature counts v from 27 as well, and its further bytes say nothing', async ({
    assert,
  }) => {
    const [header] = realHeaders()
    const from27 = Buffer.from(header!.signature)
    from27[64]! += 27
    const signed = (signature: Buffer) => new Signers().signerOf(header!.bytes, signature, 'any')
    assert.equal(await signed(from27), header!.witness)
    assert.equal(await signed(Buffer.concat([from27, Buffer.alloc(3)])), header!.witness)
    assert.isNull(await signed(header!.signature.subarray(0, 64)))
    assert.isNull(await signed(Buffer.alloc(65)))
  })
})

const delegation: Field[] = [
  [1, OWNER],
  [3, 5n],
  [4, RECEIVER],
]

function read(type: number, parameter: Field[], name = NAMES[type]!) {
  return readStake([transaction(type, parameter, name)])
}

function transaction(type: number, parameter: Field[], name = NAMES[type]!) {
  const any = writeMessage([
    [1, `type.googleapis.com/protocol.${name}`],
    [2, writeMessage(parameter)],
  ])
  const contract = writeMessage([
    [1, type],
    [2, any],
  ])
  const rawData = writeMessage([[11, contract]])
  return new TronTransaction(rawData, [], sha256(rawData))
}

function records(type: number, parameter: Field[], effects?: StakeEffects) {
  return recordsOf(read(type, parameter).transactions[0]!, {
    previousTimeMs: 300_000,
    unfreezeDelayDays: 14,
    effects,
    infoState: effects ? 'single' : 'missing',
    signers: [],
  })
}

import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import * as Secp256k1 from 'ox/Secp256k1'
import { utils } from 'tronweb'
import { publicKeyToAddress } from 'viem/accounts'
import { encodeBlockExtention, encodeHeader, showBlock, type PlayBlock } from '#demo/tron/block'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { encodeRaw } from '#demo/tron/transaction'
import { SettableClock } from '#tests/support/settable_clock'
import { writeJson } from '#demo/write_json'

const DAY = 86_400_000

function startTron() {
  const tron = new LocalTron({ clock: new SettableClock() })
  const pool = tron.wallet({ operators: 2 })
  const renter = tron.wallet()
  pool.freeze(1000n * TRX)
  tron.mine()
  const account = () => tron.chain.ledger(tron.chain.head.number).get(pool.address)
  return { tron, pool, renter, account }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** The fields of a message whose fields are all texts, as pairs of number and bytes. */
function fieldsOf(message: Buffer): [number, Buffer][] {
  const fields: [number, Buffer][] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let place = 1; ; place *= 128) {
      const byte = message[at++]!
      value += (byte & 0x7f) * place
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const length = tag % 8 === 2 ? varint() : 0
    if (tag % 8 === 0) varint()
    fields.push([Math.floor(tag / 8), message.subarray(at, at + length)])
    at += length
  }
  return fields
}

const all = (message: Buffer, field: number) =>
  fieldsOf(message).flatMap(([number, bytes]) => (number === field ? [bytes] : []))

function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? Buffer.alloc(32)
  const above = []
  for (let i = 0; i < leaves.length; i += 2) {
    const pair = leaves.slice(i, i + 2)
    above.push(pair.length === 2 ? sha256(Buffer.concat(pair)) : pair[0]!)
  }
  return rootOf(above)
}

function signerOf(digest: Buffer, signature: Buffer): string {
  const number = (from: number) =>
    BigInt(`0x${signature.subarray(from, from + 32).toString('hex')}`)
  const yParity = signature[64]! % 27
  const publicKey = Secp256k1.recoverPublicKey({
    payload: `0x${digest.toString('hex')}`,
    signature: { r: number(0), s: number(32), yParity },
  })
  const hex = (value: bigint) => value.toString(16).padStart(64, '0')
  const address = publicKeyToAddress(`0x04${hex(publicKey.x)}${hex(publicKey.y)}`)
  return `41${address.slice(2).toLowerCase()}`
}

/** Recomputes all of a block from the bytes that gRPC hands out. */
function recompute(block: PlayBlock) {
  const bytes = encodeBlockExtention(block)
  const [header] = all(bytes, 2)
  const [rawHeader] = all(header!, 1)
  const [signature] = all(header!, 2)
  const transactions = all(bytes, 1).map((extention) => all(extention, 1)[0]!)
  const digest = sha256(rawHeader!)
  return {
    idTail: digest.subarray(8).toString('hex'),
    statedRoot: all(rawHeader!, 2)[0]!.toString('hex'),
    root: rootOf(transactions.map(sha256)).toString('hex'),
    parent: all(rawHeader!, 3)[0]!.toString('hex'),
    signer: signerOf(digest, signature!),
    transactionIds: transactions.map((one) => sha256(all(one, 1)[0]!).toString('hex')),
    transactionSigners: transactions.map((one) =>
      signerOf(sha256(all(one, 1)[0]!), all(one, 2)[0]!)
    ),
  }
}

test.group('The local TRON chain', () => {
  test('ids, links, roots and signatures hold when they are recomputed from the bytes', ({
    assert,
  }) => {
    const { tron, pool, renter } = startTron()
    pool.delegate(renter.address, 10n * TRX, { operator: 1, lockBlocks: 200n })
    pool.unfreeze(TRX, 'ENERGY', { parity: 'from 27', isPadded: true })
    renter.transfer(pool.address, TRX, { ret: [{}, { unfreezeAmount: 1_000_000_000n }] })
    tron.mine(30)
    const { chain } = tron
    const operators = chain.ledger(3).get(pool.address).operators

    assert.deepEqual(recompute(chain.block(3)!).transactionSigners, [
      operators[1],
      pool.address,
      renter.address,
    ])
    const delegates = new Set<string>()
    for (let number = 1; number <= chain.head.number; number++) {
      const block = chain.block(number)!
      const { signer, statedRoot, ...found } = recompute(block)
      const { delegate } = chain.witnesses.get(block.witnessAddress)
      if (delegate) delegates.add(delegate)

      assert.equal(block.id, number.toString(16).padStart(16, '0') + found.idTail)
      assert.equal(statedRoot, found.root)
      assert.equal(found.parent, chain.block(number - 1)!.id)
      assert.equal(signer, delegate ?? block.witnessAddress)
      assert.deepEqual(
        found.transactionIds,
        block.transactions.map(({ id }) => id)
      )
    }
    assert.isAbove(delegates.size, 3)
  })

  test('bytes are those of real headers and wallets', ({ assert }) => {
    const header = encodeHeader({
      number: 78_000_000,
      timestamp: 1_764_661_857_000,
      transactionRoot: Buffer.from(
        '0b430fa64cddae5fd6519c88e1798e7a5a4b8af2d7f8cc2fd036bd53a867dfea',
        'hex'
      ),
      parentId: '0000000004a62f7ff962ed2e74133875d00c82bb3d817026f5fc9542ff37f080',
      witnessAddress: '41c189fa6fc9ed7a3580c3fe291915d5c6a6259be7',
    })
    assert.equal(
      header.toString('hex'),
      '08e895acf0ad3312200b430fa64cddae5fd6519c88e1798e7a5a4b8af2d7f8cc2fd036bd53a867dfea1a200000000004a62f7ff962ed2e74133875d00c82bb3d817026f5fc9542ff37f0803880df98254a1541c189fa6fc9ed7a3580c3fe291915d5c6a6259be75020'
    )

    const delegation = encodeRaw({
      contract: {
        type: 'DelegateResourceContract',
        value: {
          owner_address: '41357507a099a41b8d1b4dba276d5a18554b6f508e',
          resource: 'ENERGY',
          balance: 6_805_000_000n,
          receiver_address: '4152af0add569d41f1ebf78c7691ab67ff7077e1f9',
          lock: true,
          lock_period: 200n,
        },
        permissionId: 3,
      },
      refBlockBytes: Buffer.from('8b57', 'hex'),
      refBlockHash: Buffer.from('38d1f6f955c2b56b', 'hex'),
      expiration: 1_767_879_468_000n,
      timestamp: 1_767_879_411_049n,
    })
    assert.equal(
      sha256(delegation).toString('hex'),
      'b2b9fe045f2dca99b16f36562d0c878c98c1210de6d162dd3b746e7fd25d7d53'
    )
  })

  test('tronweb builds the same bytes from the JSON of every kind of transaction', ({ assert }) => {
    const { tron, pool, renter } = startTron()
    const old = tron.wallet({ stakedOnce: TRX })
    pool.freeze(7n * TRX, 'BANDWIDTH')
    pool.unfreeze(5n * TRX)
    pool.delegate(renter.address, 20n * TRX, { operator: 0 })
    pool.delegate(renter.address, 20n * TRX, { lockBlocks: 0n })
    pool.undelegate(renter.address, 3n * TRX)
    pool.cancelAll()
    pool.send('TransferAssetContract', {
      asset_name: '1005114',
      to_address: renter.address,
      amount: 88n,
    })
    pool.send(
      'TriggerSmartContract',
      { contract_address: renter.address, data: 'a9059cbb' },
      { feeLimit: 100n * TRX }
    )
    old.send('FreezeBalanceContract', { frozen_balance: TRX, frozen_duration: 3n })
    old.send('UnfreezeBalanceContract', { resource: 'ENERGY' })
    pool.unfreeze(TRX)
    tron.mine()
    tron.chain.mine({ missed: (15 * DAY) / 3000 })
    pool.withdraw()
    tron.mine()

    const { head } = tron.chain
    const blocks = [head.number - 2, head.number].map((number) => tron.chain.block(number)!)
    const shown = blocks.flatMap((block) =>
      JSON.parse(writeJson(showBlock(block, false).transactions))
    )
    assert.lengthOf(shown, 12)
    for (const transaction of shown) {
      const bytes = utils.transaction.txJsonToPb(transaction)
      assert.equal(
        utils.transaction.txPbToRawDataHex(bytes).toLowerCase(),
        transaction.raw_data_hex,
        transaction.raw_data.contract[0].type
      )
    }
  })

  test('what is unfrozen can be withdrawn 14 days after the block before its own', ({ assert }) => {
    const { tron, pool, account } = startTron()
    const before = tron.chain.head.timestamp
    pool.unfreeze(100n * TRX)
    tron.chain.mine({ missed: 2 })

    assert.equal(account().unfrozen[0]!.availableAt, before + 14 * DAY)
    assert.throws(() => pool.withdraw(), /no unFreeze balance/)
    tron.chain.mine({ missed: (14 * DAY) / 3000 })
    pool.unfreeze(50n * TRX)
    tron.mine()
    assert.equal(tron.chain.head.infos[0]!.withdrawn, 100n * TRX)
    assert.equal(account().frozen.ENERGY, 850n * TRX)
  })

  test('32 unfreezings may wait at a time, and a cancellation stakes them again', ({ assert }) => {
    const { tron, pool, account } = startTron()
    for (let count = 0; count < 32; count++) pool.unfreeze(TRX)
    assert.throws(() => pool.unfreeze(TRX), /over limit/)
    pool.cancelAll()
    tron.mine()

    assert.deepEqual(tron.chain.head.infos.at(-1)!.cancelled, {
      BANDWIDTH: 0n,
      ENERGY: 32n * TRX,
      TRON_POWER: 0n,
    })
    assert.equal(account().frozen.ENERGY, 1000n * TRX)
  })

  test('delegated stake moves, comes back in parts, and a lock holds all that is locked', ({
    assert,
  }) => {
    const { tron, pool, renter, account } = startTron()
    const { timestamp } = tron.chain.head
    pool.delegate(renter.address, 40n * TRX)
    pool.delegate(renter.address, 60n * TRX, { lockBlocks: 100n })
    pool.undelegate(renter.address, 15n * TRX)

    assert.throws(() => pool.undelegate(renter.address, 30n * TRX), /unlock_balance=25000000/)
    assert.throws(() => pool.delegate(renter.address, TRX, { lockBlocks: 99n }), /cannot be less/)
    assert.throws(() => pool.unfreeze(920n * TRX), /unfreeze_balance/)
    tron.mine()
    assert.equal(account().frozen.ENERGY, 915n * TRX)
    assert.deepEqual(account().delegations, [
      {
        receiver: renter.address,
        resource: 'ENERGY',
        free: 25n * TRX,
        locked: 60n * TRX,
        lockedUntil: timestamp + 300_000,
      },
    ])

    tron.mine(101)
    pool.undelegate(renter.address, 85n * TRX)
    tron.mine()
    assert.deepEqual(account().delegations, [])
  })

  test('19 witnesses make a block solid: 18 blocks later, or more when slots are missed', ({
    assert,
  }) => {
    const { tron } = startTron()
    const { chain } = tron
    tron.mine(40)
    assert.equal(chain.solidNumber, chain.head.number - 18)

    // Nine of the witnesses make no block in this round.
    for (let made = 0; made < 18; made++) chain.mine({ missed: made % 2 })
    assert.isAbove(chain.head.number - chain.solidNumber, 18)
  })

  test('a reorg puts a longer branch in place of what is not solid, and may lose transactions', ({
    assert,
  }) => {
    const { tron, pool, renter, account } = startTron()
    const { chain } = tron
    tron.mine(30)
    const lost = pool.delegate(renter.address, 10n * TRX)
    const kept = pool.delegate(renter.address, 20n * TRX)
    tron.mine(5)
    const [head, fork] = [chain.head, chain.block(chain.head.number - 5)!]
    chain.reorg(5, ({ id }) => id === lost.id)

    assert.equal(chain.head.number, head.number + 1)
    assert.equal(chain.block(fork.number)!.id, fork.id)
    assert.notEqual(chain.block(fork.number + 1)!.timestamp, head.timestamp - 4 * 3000)
    assert.isUndefined(chain.blockOfTransaction(lost.id))
    assert.equal(chain.blockOfTransaction(kept.id), fork.number + 1)
    assert.equal(account().frozen.ENERGY, 980n * TRX)
    assert.throws(() => chain.reorg(19), /is solid/)
  })
})

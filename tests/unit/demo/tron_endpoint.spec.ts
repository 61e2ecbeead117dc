import { connect } from 'node:http2'
import { buffer } from 'node:stream/consumers'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { TronWeb } from 'tronweb'
import { encodeBlockExtention } from '#demo/tron/block'
import { withoutFingerprints } from '#demo/tron/faults/infos'
import { base58Of, sha256 } from '#demo/tron/keys'
import { TRX } from '#demo/tron/stake_rules'
import { askTron, startTron, tronAnswer, tronBlock } from '#tests/support/local_tron'

test.group('A node of the local TRON chain', () => {
  test('answers with the fields of real nodes, and leaves defaults out', async ({ assert }) => {
    const { endpoint, pool, renter, tron } = startTron()
    const filled = await tronBlock(endpoint, 2)
    assert.sameMembers(Object.keys(filled), ['blockID', 'block_header', 'transactions'])
    assert.sameMembers(Object.keys(filled.block_header.raw_data), [
      'number',
      'txTrieRoot',
      'witness_address',
      'parentHash',
      'version',
      'timestamp',
    ])
    const { signature, txID: id, ...delegation } = filled.transactions[1]
    assert.match(signature[0], /^[0-9a-f]{130}$/)
    assert.equal(id, sha256(Buffer.from(delegation.raw_data_hex, 'hex')).toString('hex'))
    assert.deepInclude(delegation, { ret: [{ contractRet: 'SUCCESS' }] })
    assert.deepEqual(delegation.raw_data.contract, [
      {
        parameter: {
          value: {
            owner_address: pool.address,
            resource: 'ENERGY',
            balance: 40_000_000,
            receiver_address: renter.address,
            lock: true,
            lock_period: 100,
          },
          type_url: 'type.googleapis.com/protocol.DelegateResourceContract',
        },
        type: 'DelegateResourceContract',
        Permission_id: 2,
      },
    ])
    const empty = await tronBlock(endpoint, 3)
    assert.sameMembers(Object.keys(empty), ['blockID', 'block_header'])
    const first = await tronBlock(endpoint, 0)
    assert.notProperty(first.block_header.raw_data, 'number')

    const account = await tronAnswer(endpoint, 'walletsolidity/getaccount', {
      address: pool.address,
    })
    assert.deepEqual(account.frozenV2, [
      {},
      { amount: 950_000_000, type: 'ENERGY' },
      { type: 'TRON_POWER' },
    ])
    assert.deepEqual(account.account_resource, {
      delegated_frozenV2_balance_for_energy: 40_000_000,
    })
    assert.sameMembers(Object.keys(account.unfrozenV2[0]), [
      'type',
      'unfreeze_amount',
      'unfreeze_expire_time',
    ])
    assert.equal(account.active_permission[0].id, 2)

    const delegated = await tronAnswer(endpoint, 'wallet/getdelegatedresourcev2', {
      fromAddress: pool.address,
      toAddress: renter.address,
    })
    assert.deepEqual(delegated, {
      delegatedResource: [
        {
          from: pool.address,
          to: renter.address,
          frozen_balance_for_energy: 40_000_000,
          expire_time_for_energy: tron.chain.block(1)!.timestamp + 300_000,
        },
      ],
    })
  })

  test('is empty in the ways of real nodes, which mean different things', async ({ assert }) => {
    const { endpoint } = startTron()
    const list = (startNum: number, endNum: number) =>
      tronAnswer(endpoint, 'wallet/getblockbylimitnext', { startNum, endNum })

    assert.deepEqual(await tronBlock(endpoint, 99), {})
    assert.deepEqual(await list(90, 99), { block: [] })
    assert.deepEqual(await list(1, 102), {})
    assert.deepEqual(await list(5, 5), {})
    const cut = await list(38, 60)
    assert.lengthOf(cut.block, 3)
    for (const num of [3, 99]) {
      const path = 'wallet/gettransactioninfobyblocknum'
      assert.deepEqual(await tronAnswer(endpoint, path, { num }), [])
    }
    const none = await askTron(endpoint, 'walletsolidity/getchainparameters')
    assert.equal(none.status, 404)
    const { chainParameter } = await tronAnswer(endpoint, 'wallet/getchainparameters')
    assert.deepInclude(chainParameter, { key: 'getUnfreezeDelayDays', value: 14 })
  })

  test('tells confirmed things of solid blocks alone', async ({ assert }) => {
    const { endpoint, tron, pool } = startTron()
    pool.freeze(5n * TRX)
    tron.mine()
    const frozen = async (side: string) => {
      const { frozenV2 } = await tronAnswer(endpoint, `${side}/getaccount`, {
        address: pool.address,
      })
      return frozenV2[1].amount
    }

    const solid = await tronAnswer(endpoint, 'walletsolidity/getnowblock')
    assert.equal(solid.block_header.raw_data.number, 41 - 18)
    const later = await tronAnswer(endpoint, 'walletsolidity/getblockbynum', { num: 24 })
    assert.deepEqual(later, {})
    assert.equal(await frozen('wallet'), 955_000_000)
    assert.equal(await frozen('walletsolidity'), 950_000_000)
  })

  test('takes base58 with `visible` and hex without, and says errors with status 200', async ({
    assert,
  }) => {
    const { endpoint, pool } = startTron()
    const account = (address: string, visible?: boolean) =>
      askTron(endpoint, 'wallet/getaccount', { address, visible })
    const base58 = base58Of(pool.address)

    const [shown, hidden]: any[] = await Promise.all(
      [await account(base58, true), await account(pool.address)].map((answer) => answer.json())
    )
    assert.equal(shown.address, base58)
    assert.equal(hidden.address, pool.address)
    const wrong = [account(base58), account(pool.address, true), account(`${base58}x`, true)]
    for (const answer of await Promise.all(wrong)) {
      assert.equal(answer.status, 200)
      assert.match(await answer.text(), /^\{"Error":"class .+ : /)
    }
  })

  test('tronweb reads it over HTTP', async ({ assert }) => {
    const { endpoint, tron, pool, delegation } = startTron()
    const client = new TronWeb({ fullHost: await endpoint.listen() })
    try {
      const read = await client.trx.getBlockRange(2, 4)
      const account = await client.trx.getAccount(base58Of(pool.address))
      const signer = client.trx.ecRecover({ ...read[0]!.transactions![1]!, visible: false })
      const info = await client.trx.getUnconfirmedTransactionInfo(delegation.id)

      assert.deepEqual(
        read.map(({ blockID }) => blockID),
        [2, 3, 4].map((number) => tron.chain.block(number)!.id)
      )
      assert.equal(account.frozenV2[1]!.amount, 950_000_000)
      assert.equal(signer, base58Of(tron.chain.ledger(2).get(pool.address).operators[0]!))
      assert.equal(info.blockNumber, 2)
    } finally {
      await tron.close()
    }
  })

  test('hands out over gRPC the bytes of a block', async ({ assert }) => {
    const { tron } = startTron()
    const { url } = await tron.grpc()
    const session = connect(url)
    const read = async (path: string, message: string) => {
      const stream = session.request({ ':method': 'POST', ':path': path })
      const trailers = once(stream, 'trailers')
      const body = Buffer.from(message, 'hex')
      stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, body.length]), body]))
      const answer = await buffer(stream)
      const [{ 'grpc-status': status }] = await trailers
      return { message: answer.subarray(5), status }
    }
    try {
      const found = await read('/protocol.WalletSolidity/GetBlockByNum2', '0802')
      assert.equal(found.status, '0')
      assert.deepEqual(found.message, encodeBlockExtention(tron.chain.block(2)!))
      const unsolid = await read('/protocol.WalletSolidity/GetBlockByNum2', '0828')
      assert.deepInclude(unsolid, { status: '2', message: Buffer.alloc(0) })
      const head = await read('/protocol.Wallet/GetBlockByNum2', '0828')
      assert.equal(head.message.subarray(-32).toString('hex'), tron.chain.head.id)
      const unknown = await read('/protocol.Wallet/GetNothing', '')
      assert.equal(unknown.status, '12')
    } finally {
      session.close()
      await tron.close()
    }
  })

  test('lists an account as TronGrid does, in pages that a fingerprint links', async ({
    assert,
  }) => {
    const { endpoint, pool, renter } = startTron()
    const list = (address: string, query: string) =>
      tronAnswer(endpoint, `v1/accounts/${base58Of(address)}/transactions?${query}`)

    const first = await list(pool.address, 'limit=2&only_confirmed=true')
    const rest = await list(pool.address, `limit=2&fingerprint=${first.meta.fingerprint}`)
    assert.deepEqual(
      [...first.data, ...rest.data].map(({ raw_data: data }) => data.contract[0].type),
      ['UnfreezeBalanceV2Contract', 'DelegateResourceContract', 'FreezeBalanceV2Contract']
    )
    assert.notProperty(rest.meta, 'fingerprint')
    assert.equal(first.data[0].blockNumber, 2)
    const received = await list(renter.address, 'only_to=true')
    assert.lengthOf(received.data, 1)
    endpoint.faults = [withoutFingerprints()]
    const lost = await list(pool.address, 'limit=2')
    assert.notProperty(lost.meta, 'fingerprint')
  })
})

import { test } from '@japa/runner'
import * as blocks from '#demo/tron/faults/blocks'
import * as heights from '#demo/tron/faults/heights'
import * as infos from '#demo/tron/faults/infos'
import * as transport from '#demo/tron/faults/transport'
import { sha256 } from '#demo/tron/keys'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import type { TronEndpoint } from '#demo/tron/tron_endpoint'
import { askTron, startTron, tronAnswer, tronBlock } from '#tests/support/local_tron'
import { SettableClock } from '#tests/support/settable_clock'

test.group('A faulty node of the local TRON chain', () => {
  test('is behind, stands still, is in a hurry or on another network', async ({ assert }) => {
    const { endpoint, tron } = startTron()
    const heightOf = async (side: string) => {
      const head = await tronAnswer(endpoint, `${side}/getnowblock`)
      return head.block_header.raw_data.number
    }
    const places = async () => [await heightOf('wallet'), await heightOf('walletsolidity')]
    endpoint.faults = [heights.lagging(7)]
    assert.deepEqual(await places(), [33, 15])
    assert.deepEqual(await tronBlock(endpoint, 34), {})
    endpoint.faults = [heights.frozenAt(36)]
    tron.mine(10)
    assert.deepEqual(await places(), [36, 18])
    endpoint.faults = [heights.hasty(10)]
    assert.deepEqual(await places(), [50, 42])

    const other = new LocalTron({ clock: new SettableClock(), seed: 'other' })
    endpoint.faults = [heights.foreign(other.chain)]
    const { blockID: first } = await tronBlock(endpoint, 0)
    assert.equal(first, other.chain.block(0)!.id)
    assert.notEqual(first, tron.chain.block(0)!.id)
  })

  test('lies about blocks, alone or on top of other faults', async ({ assert }) => {
    const { endpoint, tron, delegation } = startTron()
    const honest = await tronBlock(endpoint, 2)
    const isIt = ({ id }: { id: string }) => id === delegation.id
    const double = blocks.withAmount(80n * TRX)
    const told = async (...faults: TronEndpoint['faults']) => {
      endpoint.faults = faults
      const answer = await tronBlock(endpoint, 2)
      const [, one] = answer.transactions ?? []
      return { answer, one, value: one?.raw_data.contract[0].parameter.value }
    }

    const missing = await told(blocks.missing(isIt))
    assert.lengthOf(missing.answer.transactions, 2)
    const withheld = await told(heights.withholding((number) => number === 2))
    assert.deepEqual(withheld.answer, {})

    const json = await told(blocks.alteredJson(isIt, double))
    assert.equal(json.value.balance, 80_000_000)
    assert.equal(json.one.raw_data_hex, honest.transactions[1].raw_data_hex)

    const bytes = await told(blocks.alteredBytes(isIt, double), heights.lagging(1))
    assert.equal(bytes.value.balance, 80_000_000)
    assert.equal(bytes.one.txID, sha256(Buffer.from(bytes.one.raw_data_hex, 'hex')).toString('hex'))
    assert.equal(bytes.answer.blockID, honest.blockID)
    const invented = await told(blocks.invented(isIt, double))
    assert.lengthOf(invented.answer.transactions, 4)

    const forged = await told(blocks.forgedSignature())
    assert.equal(forged.answer.blockID, honest.blockID)
    assert.notEqual(
      forged.answer.block_header.witness_signature,
      honest.block_header.witness_signature
    )

    const forked = await told(blocks.forked(2, isIt))
    assert.lengthOf(forked.answer.transactions, 2)
    const next = await tronBlock(endpoint, 3)
    assert.equal(next.block_header.raw_data.parentHash, forked.answer.blockID)
    assert.notEqual(forked.answer.blockID, tron.chain.block(2)!.id)
    endpoint.faults = [blocks.forked(2, isIt, 1)]
    const honestNext = await tronBlock(endpoint, 3)
    assert.equal(honestNext.blockID, tron.chain.block(3)!.id)
  })

  test('lies about what withdrawals moved, or has no infos at all', async ({ assert }) => {
    const { endpoint, tron, pool } = startTron()
    pool.cancelAll()
    tron.mine()
    const told = async (...faults: TronEndpoint['faults']) => {
      endpoint.faults = faults
      return tronAnswer(endpoint, 'wallet/gettransactioninfobyblocknum', { num: 41 })
    }

    const [honest] = await told()
    assert.deepInclude(honest.cancel_unfreezeV2_amount, { key: 'ENERGY', value: 10_000_000 })
    const [mapped] = await told(infos.mapsAsObjects())
    assert.deepEqual(mapped.cancel_unfreezeV2_amount, {
      BANDWIDTH: 0,
      ENERGY: 10_000_000,
      TRON_POWER: 0,
    })
    const [wrong] = await told(infos.wrongInfos((one) => ({ ...one, withdrawn: 7n })))
    assert.equal(wrong.withdraw_expire_amount, 7)
    assert.deepEqual(await told(infos.withoutInfos()), [])
  })

  test('refuses above its rate, with the words of TronGrid, until its pause is over', async ({
    assert,
  }) => {
    const { endpoint, clock } = startTron()
    endpoint.faults = [transport.quota({ perSecond: 3, suspendedMs: 30_000, keys: ['a', 'b'] })]
    const get = async (key?: string, path = 'wallet/getnowblock') => {
      const answer = await askTron(endpoint, path, undefined, key)
      return [answer.status, await answer.text()] as const
    }
    const statuses = async (...keys: (string | undefined)[]) => {
      const found = []
      for (const key of keys) {
        const [status] = await get(key)
        found.push(status)
      }
      return found
    }

    assert.deepEqual(await statuses('a', 'b', 'a'), [200, 200, 200])
    const [status, words] = await get('a')
    assert.equal(status, 403)
    assert.match(words, /"Error":".+frequency limit\(3\), .+ suspended for 30s/)
    clock.pass(29_000)
    const [, list] = await get('b', 'v1/accounts/T/transactions')
    assert.match(list, /^\{"success":false,"error":".+","statusCode":403\}$/)
    clock.pass(1000)
    assert.deepEqual(await statuses('a', 'c'), [200, 401])
    clock.pass(1000)
    assert.deepEqual(await statuses(undefined, undefined), [200, 429])
  })

  test('answers what is no JSON, half of it, or errors, to some requests or all', async ({
    assert,
  }) => {
    const { endpoint } = startTron()
    const texts = async (...faults: TronEndpoint['faults']) => {
      endpoint.faults = faults
      const answer = await askTron(endpoint, 'wallet/getnodeinfo')
      return answer.text()
    }
    assert.match(await texts(transport.html()), /<html>/)
    assert.match(await texts(transport.lite()), /lite fullnode$/)
    assert.match(await texts(transport.overloaded()), /"Error":".+lack of computing resources"/)
    assert.notMatch(await texts(transport.cutShort()), /\}$/)
    assert.equal(await texts(transport.forbidden()), 'Forbidden')

    endpoint.faults = [transport.oneIn(3, transport.html())]
    const statuses = []
    for (let count = 0; count < 6; count++) {
      const { status } = await askTron(endpoint, 'wallet/getnowblock')
      statuses.push(status)
    }
    assert.deepEqual(statuses, [200, 200, 502, 200, 200, 502])
  })
})

import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { systemClock } from '#foundation/clock'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import DepositOutflow from '#models/deposit_outflow'
import Payment from '#models/payment'
import { pollOften } from '#billing/addresses/active_addresses'
import { accountFor } from '#billing/ledger/account_for'
import { accountChanges } from '#billing/watcher/account_changes'
import { finalizedState } from '#billing/watcher/account_state'
import { amountsOf, startBilling, TERMS, untilCredited } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'

const BNB = parseEther('1')

test.group('Watching deposit addresses', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an account, a contract and one that destroys itself pay; all is credited, once', async (ctx) => {
    const { chain, someUser, checkWhenFinal, watcher, differences } = await startBilling(ctx.test)
    const { user, pays } = await someUser()

    const hash = await chain.pay(pays, 2n * BNB)
    await chain.payByContract(pays, 3n)
    await chain.payBySelfDestruct(pays, parseEther('9.3'))
    await checkWhenFinal()
    await watcher.once()
    await chain.finalize()
    await watcher.once()

    ctx.assert.deepEqual(await amountsOf(user.id), [2n * BNB, 3n, parseEther('9.3')])
    const [first] = await Payment.query().orderBy('id')
    ctx.assert.equal(first!.txHash, hash)
    ctx.assert.equal(first!.sender, chain.payers[0])
    ctx.assert.equal(first!.toBlock - first!.fromBlock, 1)
    ctx.assert.equal(first!.balanceAfter - first!.balanceBefore, 2n * BNB)
    ctx.assert.deepEqual(await differences(), [])
  })

  test('several payments in one block are told apart', async (ctx) => {
    const { chain, someUser, checkWhenFinal, differences } = await startBilling(ctx.test)
    const { user, pays } = await someUser()

    await chain.inOneBlock(async () => {
      await chain.pay(pays, BNB, chain.payers[1])
      await chain.pay(pays, BNB, chain.payers[2])
      await chain.payByContract(pays, 5n * BNB)
    })
    await checkWhenFinal()

    ctx.assert.sameDeepMembers(await amountsOf(user.id), [BNB, BNB, 5n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('what is swept between two checks is neither lost nor credited twice', async (ctx) => {
    const { chain, someUser, checkWhenFinal, differences } = await startBilling(ctx.test)
    const { user, pays } = await someUser()
    await chain.pay(pays, 4n * BNB)
    await checkWhenFinal()

    await chain.pay(pays, BNB)
    await chain.sweep(pays)
    await chain.pay(pays, 2n * BNB)
    await chain.spend(pays, chain.payers[9]!, BNB)
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [4n * BNB, BNB, 2n * BNB])
    const sweeps = await DepositOutflow.query().orderBy('id')
    ctx.assert.deepEqual(
      sweeps.map(({ kind, nonce }) => [kind, nonce]),
      [
        ['sweep', 0],
        ['sweep', 1],
      ]
    )
    ctx.assert.deepEqual(await differences(), [])
  })

  test('a watcher that was dead for an hour credits what came meanwhile', async (ctx) => {
    const { chain, someUser, checkWhenFinal, differences } = await startBilling(ctx.test)
    const { user, pays } = await someUser()
    await checkWhenFinal()

    await chain.pay(pays, BNB)
    await chain.client.mine({ blocks: 100, interval: 18 })
    await chain.sweep(pays)
    await chain.client.mine({ blocks: 100, interval: 18 })
    await chain.pay(pays, 2n * BNB)
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [BNB, 2n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('nothing is credited before it is final, so that a reorg takes nothing back', async (ctx) => {
    const { chain, someUser, watcher, checkWhenFinal, differences } = await startBilling(ctx.test)
    const { user, pays } = await someUser()
    await chain.finalize()

    const before = await chain.client.snapshot()
    await chain.pay(pays, BNB)
    await watcher.once()
    ctx.assert.deepEqual(await amountsOf(user.id), [])

    await chain.client.revert({ id: before })
    await chain.pay(pays, 3n * BNB)
    await checkWhenFinal()
    ctx.assert.deepEqual(await amountsOf(user.id), [3n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('where nodes have forgotten the states in between, the balances are the evidence', async (ctx) => {
    const { chain, endpoints, someUser, watcher, differences } = await startBilling(ctx.test)
    const { user, pays } = await someUser()
    await chain.pay(pays, BNB)
    await chain.pay(pays, 2n * BNB)
    await chain.sweep(pays)
    await chain.pay(pays, 5n * BNB)
    await chain.finalize()

    const [endpoint] = endpoints.endpoints
    const call = endpoint!.call.bind(endpoint)
    const { block: newest } = await finalizedState(endpoints, pays)
    endpoint!.call = async (method, params = []) => {
      if (method === 'eth_getBalance' && Number(params[1]) < newest) {
        throw new RpcFailure('pruned', 'missing trie node')
      }
      return call(method, params)
    }
    await watcher.once()

    ctx.assert.deepEqual(await amountsOf(user.id), [8n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('two watchers at once credit once', async (ctx) => {
    const { chain, endpoints, someUser, clock, differences } = await startBilling(ctx.test)
    const { user, address, pays } = await someUser()
    await chain.pay(pays, BNB)
    await chain.pay(pays, BNB)
    await chain.finalize()

    const state = await finalizedState(endpoints, pays)
    const seen = { block: address.seenBlock, balance: 0n, nonce: 0 }
    const changes = await accountChanges({ endpoints, address: pays }, seen, state)
    const accounting = { terms: TERMS, now: clock.now(), confirm: async () => {} }
    const both = await Promise.all(
      [1, 2].map(async () => {
        const amounts = []
        for (const change of changes) amounts.push(await accountFor(address, change, accounting))
        return amounts
      })
    )

    ctx.assert.deepEqual(await amountsOf(user.id), [BNB, BNB])
    ctx.assert.lengthOf(
      both.flat().filter((amount) => amount === null),
      2
    )
    ctx.assert.deepEqual(await differences(), [])
  })

  test('an address that cannot be read holds up no other one', async (ctx) => {
    const { chain, endpoints, someUser, watcher, differences } = await startBilling(ctx.test)
    const [unread, read] = [await someUser(), await someUser()]
    for (const { pays } of [unread, read]) await chain.pay(pays, BNB)
    await chain.finalize()

    const [endpoint] = endpoints.endpoints
    const call = endpoint!.call.bind(endpoint)
    endpoint!.call = async (method, params = []) => {
      if (params[0] === unread.pays) throw new RpcFailure('transient', 'no answer')
      return call(method, params)
    }
    await ctx.assert.rejects(() => watcher.once(), /no answer/)
    ctx.assert.deepEqual(await amountsOf(read.user.id), [BNB])

    endpoint!.call = call
    await watcher.once()
    ctx.assert.deepEqual(await amountsOf(unread.user.id), [BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('an address with an open pay page is polled, however long the full scan takes', async (ctx) => {
    const slow = { activeMs: 60_000, chunk: 1, requestsPerSecond: 0.1 }
    const { chain, someUser, watch } = await startBilling(ctx.test, systemClock, slow)
    const [first, , last] = [await someUser(), await someUser(), await someUser()]
    await chain.pay(first.pays, BNB)
    await chain.pay(last.pays, BNB)
    await chain.finalize()

    watch()
    await untilCredited(first.user.id)
    await pollOften([last.pays], 56, systemClock.now() + 60_000)
    await untilCredited(last.user.id)
  })

  test('the full scan goes on between two polls of active addresses', async (ctx) => {
    const often = { activeMs: 300, chunk: 1, requestsPerSecond: 30 }
    const { chain, someUser, watch } = await startBilling(ctx.test, systemClock, often)
    const users = await Promise.all(Array.from({ length: 6 }, () => someUser()))
    for (const { pays } of users) await chain.pay(pays, BNB)
    await chain.finalize()

    watch()
    for (const { user } of users) await untilCredited(user.id)
    for (const { user } of users) ctx.assert.deepEqual(await amountsOf(user.id), [BNB])
  })
})

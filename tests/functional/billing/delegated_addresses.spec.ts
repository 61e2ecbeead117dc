import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import DepositOutflow from '#models/deposit_outflow'
import { finalizedBlock } from '#billing/watcher/account_state'
import { amountsOf, ownerOf, startBilling } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { aboutOldBalances, lie } from '#tests/support/lying_endpoint'

const BNB = parseEther('1')

test.group('Deposit addresses for which code acts', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  async function start(ctx: { test: Parameters<typeof startBilling>[0] }) {
    const billing = await startBilling(ctx.test, undefined, { voices: 2 })
    const { user, pays } = await billing.someUser()
    const delegate = () => billing.chain.delegate(ownerOf(user.id))
    return { ...billing, user, pays, delegate }
  }

  test('what their code sweeps is neither lost nor credited twice', async (ctx) => {
    const { chain, user, pays, delegate, checkWhenFinal, differences } = await start(ctx)
    await chain.pay(pays, 3n * BNB)
    await delegate()
    await chain.sweepByCode(pays)
    await chain.pay(pays, 2n * BNB)
    await checkWhenFinal()
    await chain.sweepByCode(pays)
    await chain.payByContract(pays, 4n * BNB)
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [3n * BNB, 2n * BNB, 4n * BNB])
    const outflows = await DepositOutflow.query().orderBy('id')
    ctx.assert.deepEqual(
      outflows.map(({ kind, amount }) => [kind, amount]),
      [
        ['delegation', 0n],
        ['loss', 3n * BNB],
        ['loss', 2n * BNB],
      ]
    )
    ctx.assert.deepEqual(await differences(), [])
  })

  test('where their states are forgotten, the blocks say what came in', async (ctx) => {
    const { chain, endpoints, user, pays, delegate, watcher, differences } = await start(ctx)
    await delegate()
    await chain.pay(pays, 3n * BNB)
    await chain.sweepByCode(pays)
    await chain.pay(pays, 2n * BNB)
    await chain.finalize()
    const newest = await finalizedBlock(endpoints)
    const pruned = new RpcFailure('pruned', 'missing trie node')
    for (const each of endpoints.endpoints)
      lie(
        each,
        aboutOldBalances(() => newest, pruned)
      )

    await watcher.once()
    ctx.assert.deepEqual(await amountsOf(user.id), [3n * BNB, 2n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('a fall and a rise that one endpoint tells alone are not believed', async (ctx) => {
    const { chain, endpoints, user, pays, delegate, checkWhenFinal, differences } = await start(ctx)
    await delegate()
    await chain.pay(pays, 5n * BNB)
    await checkWhenFinal()
    const seen = await finalizedBlock(endpoints)
    await chain.client.mine({ blocks: 4 })
    lie(endpoints.endpoints[0]!, (method, [, at]) =>
      method === 'eth_getBalance' && Number(at) === seen + 2 ? '0x0' : undefined
    )
    await chain.payByContract(pays, 2n * BNB)
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [5n * BNB, 2n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })
})

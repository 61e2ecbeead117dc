import { test } from '@japa/runner'
import { parseEther } from 'viem'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import DepositOutflow from '#models/deposit_outflow'
import { finalizedBlock } from '#billing/watcher/account_state'
import { amountsOf, startBilling } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { aboutOldBalances, lie, type Lie } from '#tests/support/lying_endpoint'
import { SettableClock } from '#tests/support/settable_clock'

const BNB = parseEther('1')
const NO_PROOFS = new RpcFailure('permanent', 'the method eth_getProof does not exist')

test.group('Nodes that lie about deposit addresses', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  const OLD: [string, unknown, bigint[]][] = [
    ['nothing', '0x0', [7n * BNB]],
    ['more than there ever was', `0x${(99n * BNB).toString(16)}`, [7n * BNB]],
    ['no number', null, [7n * BNB]],
    ['words that are new', new RpcFailure('transient', 'gone', { isAnswer: true }), [7n * BNB]],
  ]
  for (const [words, told, credited] of OLD) {
    test(`one that tells ${words} of old blocks changes no amount`, async (ctx) => {
      const { chain, endpoints, someUser, checkWhenFinal, watcher, differences } =
        await startBilling(ctx.test)
      const { user, pays } = await someUser()
      await chain.pay(pays, 5n * BNB)
      await chain.pay(pays, 2n * BNB)
      await chain.client.mine({ blocks: 8 })
      await chain.finalize()
      const newest = await finalizedBlock(endpoints)
      lie(
        endpoints.endpoints[0]!,
        aboutOldBalances(() => newest, told)
      )

      await watcher.once()
      await checkWhenFinal()

      ctx.assert.deepEqual(await amountsOf(user.id), credited)
      ctx.assert.lengthOf(await DepositOutflow.all(), 0)
      ctx.assert.deepEqual(await differences(), [])
    })
  }

  test('where one has forgotten a state, another tells it', async (ctx) => {
    const { chain, endpoints, someUser, checkWhenFinal } = await startBilling(ctx.test, undefined, {
      voices: 2,
    })
    const { user, pays } = await someUser()
    const pruned = new RpcFailure('pruned', 'missing trie node')
    lie(
      endpoints.endpoints[0]!,
      aboutOldBalances(() => Infinity, pruned)
    )
    await chain.pay(pays, 5n * BNB)
    await chain.pay(pays, 2n * BNB)

    await checkWhenFinal()
    ctx.assert.deepEqual(await amountsOf(user.id), [5n * BNB, 2n * BNB])
  })

  /** Tells 90 BNB of an account that has 2, and its only other voice does not. */
  const richer: Lie = (method) =>
    method === 'eth_getBalance' ? `0x${(90n * BNB).toString(16)}` : undefined
  const withoutProofs: Lie = (method) => (method === 'eth_getProof' ? NO_PROOFS : undefined)

  async function twoVoices(ctx: { test: Parameters<typeof startBilling>[0] }) {
    const clock = new SettableClock(Date.now())
    const billing = await startBilling(ctx.test, clock, { voices: 2 })
    const { user, pays } = await billing.someUser()
    await billing.chain.pay(pays, 2n * BNB)
    await billing.chain.finalize()
    // Either may be asked first.
    const [liar, honest] = billing.endpoints.endpoints as [Endpoint, Endpoint]
    return { ...billing, clock, user, liar, honest }
  }

  test('one that tells more than a proof against the header is not believed', async (ctx) => {
    const { liar, endpoints, watcher, user } = await twoVoices(ctx)
    lie(liar, richer)

    await watcher.once()
    ctx.assert.deepEqual(await amountsOf(user.id), [2n * BNB])
    ctx.assert.isTrue(endpoints.isMarked(liar, 'wrong_amounts'))
  })

  test('where two disagree and neither proves anything, nothing is credited until they agree', async (ctx) => {
    const { liar, honest, watcher, user, clock, differences } = await twoVoices(ctx)
    const tellTruth = lie(liar, richer)
    for (const each of [liar, honest]) lie(each, withoutProofs)

    await ctx.assert.rejects(() => watcher.once(), /do not tell the same of an account/)
    clock.pass(3_600_000)
    await ctx.assert.rejects(() => watcher.once(), /do not tell the same of an account/)
    ctx.assert.deepEqual(await amountsOf(user.id), [])

    tellTruth()
    await watcher.once()
    ctx.assert.deepEqual(await amountsOf(user.id), [2n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('where the other one is away, one that proves nothing credits nothing', async (ctx) => {
    const { liar, honest, watcher, user } = await twoVoices(ctx)
    lie(liar, richer)
    lie(liar, withoutProofs)
    lie(honest, () => new RpcFailure('timeout', 'no answer'))

    await ctx.assert.rejects(() => watcher.once(), /do not tell the same of an account/)
    ctx.assert.deepEqual(await amountsOf(user.id), [])
  })

  test('a balance that falls by itself is no fall', async (ctx) => {
    const { chain, endpoints, someUser, checkWhenFinal, watcher, differences } = await startBilling(
      ctx.test
    )
    const { user, pays } = await someUser()
    await chain.pay(pays, 5n * BNB)
    await checkWhenFinal()

    await chain.finalize()
    const tellTruth = lie(endpoints.endpoints[0]!, (method) =>
      method === 'eth_getProof' ? NO_PROOFS : method === 'eth_getBalance' ? '0x0' : undefined
    )
    await ctx.assert.rejects(() => watcher.once(), /cannot be/)
    tellTruth()
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [5n * BNB])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('a history that cannot be told now is told later, and after five minutes done without', async (ctx) => {
    const clock = new SettableClock(Date.now())
    const { chain, endpoints, someUser, watcher } = await startBilling(ctx.test, clock)
    const { user, pays } = await someUser()
    await chain.pay(pays, 5n * BNB)
    await chain.pay(pays, 2n * BNB)
    await chain.finalize()
    const newest = await finalizedBlock(endpoints)
    const refused = new RpcFailure('rate', 'slow down')
    lie(
      endpoints.endpoints[0]!,
      aboutOldBalances(() => newest, refused)
    )

    await ctx.assert.rejects(() => watcher.once(), /slow down/)
    ctx.assert.deepEqual(await amountsOf(user.id), [])
    clock.pass(300_000)
    await watcher.once()
    ctx.assert.deepEqual(await amountsOf(user.id), [7n * BNB])
  })
})

import { test } from '@japa/runner'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { finalizedBlock } from '#billing/watcher/account_state'
import { amountsOf, ownerOf, startBilling } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { aboutOldBalances, lie } from '#tests/support/lying_endpoint'
import { seededRandom } from '#tests/support/random'

/** Set HISTORIES for more or fewer. */
const HISTORIES = Number(process.env.HISTORIES ?? 100)
const EVENTS_OF_EACH = 4

/** What a node may tell of old blocks instead of the truth. */
const LIES = [
  '0x0',
  null,
  `0x${(10n ** 20n).toString(16)}`,
  new RpcFailure('pruned', 'missing trie node'),
  new RpcFailure('transient', 'words that are new', { isAnswer: true }),
]

test.group('What may happen to deposit addresses', (group) => {
  // What is drawn is the same on both databases.
  group.tap((each) => each.tags(['@sqlite', '@drawn']))
  group.each.setup(() => emptyDatabase())

  test(`after histories drawn at random the ledger is the chain, to the wei (${HISTORIES} of them)`, async (ctx) => {
    const { chain, endpoints, someUser, watcher, audit } = await startBilling(ctx.test, undefined, {
      voices: 2,
    })
    // Blocks as fast as they can be made, all in one second, are more than any chain has.
    await chain.client.setBlockTimestampInterval({ interval: 1 })
    const random = seededRandom(20_261_121)
    const newHistory = async () => ({
      ...(await someUser()),
      paid: 0n,
      hasCode: false,
      isPaidByContract: false,
    })
    const histories: Awaited<ReturnType<typeof newHistory>>[] = []
    for (let number = 0; number < HISTORIES; number++) {
      histories.push(await newHistory())
    }
    /** What a contract paid and code swept stands in no block: only states in between tell of it. */
    let isToldByStatesAlone = false
    /** One of the two may have forgotten, or lie about, all that is older than the newest blocks. */
    const check = async () => {
      const newest = await finalizedBlock(endpoints)
      const drawn = random.pick([undefined, ...LIES])
      const told = isToldByStatesAlone ? undefined : drawn
      const tellTruth = lie(
        endpoints.endpoints[0]!,
        aboutOldBalances(() => newest, told)
      )
      await watcher.once()
      tellTruth()
      isToldByStatesAlone = false
      for (const history of histories) history.isPaidByContract = false
    }
    const amount = () => BigInt(random.between(1, 2 ** 32)) ** BigInt(random.between(1, 2))

    for (let event = 0; event < HISTORIES * EVENTS_OF_EACH; event++) {
      const history = random.pick(histories)
      const paid = amount()
      const what = random.pick([
        'account',
        'contract',
        'destruct',
        'block',
        'sweep',
        'delegate',
        'reorg',
        'check',
      ] as const)

      if (what === 'sweep') {
        await chain.sweep(history.pays)
      } else if (what === 'delegate') {
        if (random.chance(0.3)) {
          await chain.delegate(ownerOf(history.user.id))
          history.hasCode = true
        }
        if (history.hasCode && history.isPaidByContract) isToldByStatesAlone = true
        await chain.sweepByCode(history.pays)
      } else if (what === 'check') {
        if (random.chance(0.1)) await check()
      } else if (what === 'reorg') {
        const before = await chain.client.snapshot()
        await chain.pay(history.pays, paid)
        if (random.chance(0.1)) await check()
        await chain.client.revert({ id: before })
      } else if (what === 'block') {
        await chain.inOneBlock(async () => {
          await chain.pay(history.pays, paid, chain.payers[1])
          await chain.payByContract(history.pays, paid)
        })
        history.paid += 2n * paid
        history.isPaidByContract = true
      } else {
        if (what === 'account') await chain.pay(history.pays, paid)
        if (what === 'contract') await chain.payByContract(history.pays, paid)
        if (what === 'destruct') await chain.payBySelfDestruct(history.pays, paid)
        history.paid += paid
        if (what !== 'account') history.isPaidByContract = true
      }
    }
    await chain.finalize()
    await check()

    for (const { user, paid } of histories) {
      const credited = await amountsOf(user.id)
      ctx.assert.equal(
        credited.reduce((sum, one) => sum + one, 0n),
        paid
      )
    }
    const proof = await audit()
    ctx.assert.deepEqual([...proof.differences, ...proof.plans], [])
    ctx.assert.equal(proof.addresses, HISTORIES)
    ctx.assert.equal(proof.credited, String(histories.reduce((sum, { paid }) => sum + paid, 0n)))
  })
})

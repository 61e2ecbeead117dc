import { test } from '@japa/runner'
import { amountsOf, startBilling } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { seededRandom } from '#tests/support/random'

/** Set HISTORIES for more or fewer. */
const HISTORIES = Number(process.env.HISTORIES ?? 200)
const EVENTS_OF_EACH = 4

test.group('What may happen to deposit addresses', (group) => {
  group.each.setup(() => emptyDatabase())

  test(`after histories drawn at random the ledger is the chain, to the wei (${HISTORIES} of them)`, async (ctx) => {
    const { chain, someUser, watcher, audit } = await startBilling(ctx.test)
    // Blocks as fast as they can be made, all in one second, are more than any chain has.
    await chain.client.setBlockTimestampInterval({ interval: 1 })
    const random = seededRandom(20_261_121)
    const histories = []
    for (let number = 0; number < HISTORIES; number++) {
      histories.push({ ...(await someUser()), paid: 0n })
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
        'reorg',
        'check',
      ] as const)

      if (what === 'sweep') {
        await chain.sweep(history.pays)
      } else if (what === 'check') {
        if (random.chance(0.1)) await watcher.once()
      } else if (what === 'reorg') {
        const before = await chain.client.snapshot()
        await chain.pay(history.pays, paid)
        if (random.chance(0.1)) await watcher.once()
        await chain.client.revert({ id: before })
      } else if (what === 'block') {
        await chain.inOneBlock(async () => {
          await chain.pay(history.pays, paid, chain.payers[1])
          await chain.payByContract(history.pays, paid)
        })
        history.paid += 2n * paid
      } else {
        if (what === 'account') await chain.pay(history.pays, paid)
        if (what === 'contract') await chain.payByContract(history.pays, paid)
        if (what === 'destruct') await chain.payBySelfDestruct(history.pays, paid)
        history.paid += paid
      }
    }
    await chain.finalize()
    await watcher.once()

    for (const { user, paid } of histories) {
      const credited = await amountsOf(user.id)
      ctx.assert.equal(
        credited.reduce((sum, one) => sum + one, 0n),
        paid
      )
    }
    const proof = await audit()
    ctx.assert.deepEqual(proof.differences, [])
    ctx.assert.equal(proof.addresses, HISTORIES)
    ctx.assert.equal(proof.credited, String(histories.reduce((sum, { paid }) => sum + paid, 0n)))
  })
})

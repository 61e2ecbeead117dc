import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { systemClock } from '#foundation/clock'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import Payment from '#models/payment'
import { amountsOf, DAY_MS, startBilling, XPUB } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'
import { seededRandom } from '#tests/support/random'

const BNB = parseEther('1')

/** Set KILL_ROUNDS for more. */
const KILL_ROUNDS = Number(process.env.KILL_ROUNDS ?? 2)

test.group('scan:payments and the commands beside it', (group) => {
  group.each.setup(() => emptyDatabase())

  test(`killed in the middle of its work, again and again, it credits everything once (${KILL_ROUNDS} rounds)`, async (ctx) => {
    const { chain, someUser, differences } = await startBilling(ctx.test)
    const random = seededRandom(20_261_122)
    const users = await Promise.all(Array.from({ length: 20 }, () => someUser()))
    const watch = () =>
      new RunningProcess(ctx.test, [...ACE, 'scan:payments'], {
        BSC_RPC_URL: chain.url,
        BNB_XPUB: XPUB,
        LOG_LEVEL: 'info',
      })
    const startedAt = systemClock.now()
    const entered = async () => {
      const payments = await Payment.query().select('id')
      return payments.length
    }

    for (let round = 0; round < KILL_ROUNDS; round++) {
      for (const { pays } of users) await chain.pay(pays, BNB)
      await chain.finalize()
      const moment = (await entered()) + random.between(1, users.length - 1)
      const process = watch()
      await until(async () => (await entered()) >= moment)
      await process.killAfter(random.between(0, 5))
    }
    const [one, other] = [watch(), watch()]
    await until(async () => (await entered()) === KILL_ROUNDS * users.length)

    for (const { user } of users) {
      ctx.assert.deepEqual(await amountsOf(user.id), Array(KILL_ROUNDS).fill(BNB))
      const { endsAt } = await Entitlement.findOrFail(user.id)
      const changes = await EntitlementChange.query().where('user_id', user.id)
      ctx.assert.lengthOf(changes, KILL_ROUNDS)
      ctx.assert.equal(Math.max(...changes.map(({ endsAfter }) => endsAfter)), endsAt)
      ctx.assert.closeTo(endsAt, startedAt + KILL_ROUNDS * 30 * DAY_MS, 10 * 60_000)
    }
    ctx.assert.deepEqual(await differences(), [])
    for (const process of [one, other]) process.kill('SIGTERM')
    ctx.assert.deepEqual(await Promise.all([one.ended, other.ended]), [0, 0])
  })
    .tags(['@sqlite'])
    .timeout(600_000 + KILL_ROUNDS * 100_000)

  test('it says what is wrong before it watches anything', async ({ test: running, assert }) => {
    const refusal = async (env: NodeJS.ProcessEnv) => {
      const rpc = { BSC_RPC_URL: 'http://127.0.0.1:9', BNB_COLLECT_WALLET: undefined }
      const command = new RunningProcess(running, [...ACE, 'scan:payments'], { ...rpc, ...env })
      assert.equal(await command.ended, 1)
      return command.output
    }
    assert.match(await refusal({ BNB_XPUB: undefined }), /Nowhere to receive: set BNB_XPUB/)
    assert.match(await refusal({ BNB_XPUB: 'xprv9s21ZrQH143K' }), /private key \(xprv\)/)
  }).tags(['@sqlite'])
})

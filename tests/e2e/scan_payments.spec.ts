import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { systemClock } from '#foundation/clock'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import Payment from '#models/payment'
import { storeUser } from '#tests/support/api_token'
import { amountsOf, DAY_MS, startBilling, XPUB } from '#tests/support/billing'
import { commandLine } from '#tests/support/command_line'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'
import { seededRandom } from '#tests/support/random'

const BNB = parseEther('1')

/** Set KILL_ROUNDS for more. */
const KILL_ROUNDS = Number(process.env.KILL_ROUNDS ?? 3)

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
  }).timeout(600_000 + KILL_ROUNDS * 100_000)

  test('an operator sees who pays, assigns, gives, takes, and has it proven', async (ctx) => {
    const { chain } = await startBilling(ctx.test)
    const { ace, json } = commandLine(ctx.test, {
      BSC_RPC_URL: chain.url,
      BNB_XPUB: undefined,
      BNB_COLLECT_WALLET: chain.payers[8],
    })
    const wallet = chain.payers[1]!
    await storeUser(wallet)
    await ace('scan:payments', '--once')
    await chain.pay(chain.payers[8]!, BNB, wallet)
    await chain.pay(chain.payers[8]!, 2n * BNB, chain.payers[2])
    await chain.finalize()
    const missed = await ace('payments:audit')
    ctx.assert.equal(missed.code, 4)
    ctx.assert.match(missed.stdout.join('\n'), /3000000000000000000 wei were received/)

    const once = await ace('scan:payments', '--once')
    ctx.assert.equal(once.code, 0, once.stderr)
    const { data } = await json('payments:list', '--unassigned')
    const [waiting] = data
    ctx.assert.deepEqual([waiting.amount, waiting.sender], [String(2n * BNB), chain.payers[2]])
    const assigned = await ace('payments:assign', String(waiting.id), `--user=${wallet}`)
    ctx.assert.match(assigned.stderr, /is credited to 0x7099.*now ends at/)

    const given = await ace('user:grant', wallet, '--for=10d', '--note=thanks')
    ctx.assert.equal(given.code, 0, given.stderr)
    const shown = await json('user:show', wallet)
    ctx.assert.closeTo(shown.ends_at, Date.now() + 100 * 86_400_000, 600_000)
    ctx.assert.deepEqual(
      shown.changes.map(({ cause }: { cause: string }) => cause),
      ['grant', 'payment', 'payment']
    )
    const revoked = await ace('user:revoke', wallet)
    ctx.assert.equal(revoked.code, 0, revoked.stderr)
    const users = await ace('user:list')
    ctx.assert.deepEqual(users.stdout[1]!.split('\t').slice(1, 3), [wallet, 'monthly'])

    const proof = await json('payments:audit')
    ctx.assert.isTrue(proof.holds)
    ctx.assert.equal(proof.credited, String(3n * BNB))
  })

  test('it says what is wrong before it watches anything', async ({ test: running, assert }) => {
    const refusal = async (env: NodeJS.ProcessEnv) => {
      const rpc = { BSC_RPC_URL: 'http://127.0.0.1:9', BNB_COLLECT_WALLET: undefined }
      const command = new RunningProcess(running, [...ACE, 'scan:payments'], { ...rpc, ...env })
      assert.equal(await command.ended, 1)
      return command.output
    }
    assert.match(await refusal({ BNB_XPUB: undefined }), /Nowhere to receive: set BNB_XPUB/)
    assert.match(await refusal({ BNB_XPUB: 'xprv9s21ZrQH143K' }), /private key \(xprv\)/)
  })
})

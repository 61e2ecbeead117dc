import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import TronAccount from '#models/tron_account'
import { accountBeginning } from '#collectors/tron/account_beginning'
import {
  backfillAccount,
  endAccountBackfill,
  restOfHistory,
} from '#collectors/tron/backfill_account'
import { checkAccount } from '#collectors/tron/check_account'
import { checkDue } from '#collectors/tron/check_accounts'
import { followTron } from '#collectors/tron/follow_tron'
import { mendAmong } from '#collectors/tron/tron_gaps'
import type { TronFault } from '#demo/tron/faults/fault'
import { base58Of } from '#demo/tron/keys'
import { TRX } from '#demo/tron/stake_rules'
import { emptyDatabase } from '#tests/support/database'
import { scanned } from '#tests/support/scanned_tron'

test.group('Accounts of TRON against their records', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an account agrees with its records, and is read again where it does not', async ({
    assert,
  }) => {
    const { check, mine, options, pool, renter } = await watched()
    assert.deepEqual(await check(), ['unknown', 'first'])

    pool.undelegate(renter.address, 10n * TRX)
    pool.unfreeze(7n * TRX)
    await mine()
    assert.deepEqual(await check(), ['agrees', null])

    pool.freeze(3n * TRX)
    await mine()
    await forget(3n)
    assert.deepEqual(await check(), ['differs', null])
    assert.lengthOf(await alerts(), 1)
    assert.deepEqual(await check(), ['unknown', 'gap'])
    assert.isEmpty(await mendAmong(options, { from: 1, to: 200 }))
    assert.lengthOf(await db.from('stake_records').where('amount', String(3n * TRX)), 1)
    assert.deepEqual(await check(), ['agrees', null])
  })

  test('a difference that reading again does not end is told once, and stays', async ({
    assert,
  }) => {
    const { check, mine, options, pool } = await watched()
    await check()
    pool.freeze(3n * TRX)
    await mine()
    await db
      .from('stake_records')
      .where('amount', String(3n * TRX))
      .update({ amount: '1' })
    for (let time = 0; time < 3; time++) {
      assert.deepEqual(await check(), ['differs', null])
      await mendAmong(options, { from: 1, to: 200 })
    }
    assert.lengthOf(await alerts(), 1)
  })

  test('what one node alone says of an account raises no alert', async ({ assert }) => {
    const { check, endpoints, mine, options } = await watched()
    await check()
    await mine()
    endpoints.forEach((endpoint) => (endpoint.faults = []))
    const asked = options.nodes.preferred.name === 'node-0.test' ? 0 : 1
    endpoints[asked]!.faults = [richer]
    assert.deepEqual(await check(), ['agrees', null])
    assert.isEmpty(await alerts())
    assert.deepEqual(
      options.nodes.marks().map(({ reason }) => reason),
      ['wrong_amounts']
    )
  })

  test('each account is checked every six hours', async ({ assert }) => {
    const { clock, mine, options } = await watched()
    const checks = async () => {
      await checkDue(options)
      const [{ checks: made }] = await db.from('tron_account_checks').count('* as checks')
      return Number(made)
    }
    assert.equal(await checks(), 1)
    assert.equal(await checks(), 1)
    clock.pass(3_600_000)
    await mine()
    assert.equal(await checks(), 2)
    clock.pass(3_600_000)
    assert.equal(await checks(), 2)
    clock.pass(5 * 3_600_000)
    assert.equal(await checks(), 3)
  })

  test('the history of an account is read from its beginning on, and adds up to what it has', async ({
    assert,
  }) => {
    const { options, pool, tron } = scanned()
    const address = base58Of(pool.address)
    await followTron({ ...options, fromBlock: 20, watched: async () => new Set<string>() }).once()
    const { chainId } = options.nodes.network
    await TronAccount.create({ chainId, address, watchFrom: 43, createdAt: 0 })
    pool.freeze(3n * TRX)
    tron.mine(20)
    const ofAccount = { ...options, watched: async () => new Set([address]) }
    await followTron(ofAccount).once()

    const beginning = await accountBeginning(options.nodes, address, 42)
    assert.equal(beginning, 1)
    const whole = { from: beginning, to: 42 }
    const killed = await restOfHistory(options, address, whole)
    for await (const part of backfillAccount(options, address, { ...killed, to: 30 })) {
      assert.isAtMost(part.to, 30)
    }
    const rest = await restOfHistory(options, address, whole)
    assert.deepEqual(rest, { first: 1, from: 31, to: 42 })
    for await (const part of backfillAccount(options, address, rest)) assert.equal(part.to, 42)

    const { verdict, fromBlock } = await endAccountBackfill(options, address, rest, true)
    assert.deepEqual([verdict, fromBlock], ['agrees', 1])
    const { watchFrom } = await TronAccount.findByOrFail('address', address)
    assert.equal(watchFrom, 1)
  })
})

/** An account that has been watched from the first block on. */
async function watched() {
  const { options, pool, tron, ...others } = scanned()
  const address = base58Of(pool.address)
  const { chainId } = options.nodes.network
  await TronAccount.create({ chainId, address, watchFrom: 1, createdAt: 0 })
  const follower = followTron({ ...options, fromBlock: 1 })
  const mine = async () => {
    tron.mine(25)
    await follower.once()
  }
  const check = async () => {
    const { verdict, reason } = await checkAccount(options, address)
    return [verdict, reason]
  }
  await follower.once()
  return { check, mine, options, pool, ...others }
}

/** Tells a million TRX more of every account than it has staked. */
const richer: TronFault = {
  async answer({ path }, good) {
    const reply = await good()
    if (!path.endsWith('/getaccount')) return reply
    const account = JSON.parse(reply.body)
    account.frozenV2.push({ amount: 1_000_000_000_000 })
    return { ...reply, body: JSON.stringify(account) }
  },
}

async function forget(trx: bigint) {
  await db
    .from('stake_records')
    .where('amount', String(trx * TRX))
    .delete()
}

function alerts() {
  return db.from('push_alerts').where('kind', 'tron.account_differs')
}

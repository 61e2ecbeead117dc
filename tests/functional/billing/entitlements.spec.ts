import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { writeTransaction } from '#foundation/db/transaction'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import { eraseAccount } from '#accounts/personal_data/erase_account'
import { PackageFiles } from '#verification/evidence/package_files'
import { eligibleUsers } from '#billing/plans/eligible_users'
import { grant, revoke, startTrial } from '#billing/plans/change_plan'
import { reserveTrialPush } from '#billing/plans/trial_push'
import { channels } from '#start/channels'
import { storeUser } from '#tests/support/api_token'
import { DAY_MS, TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'
import { SettableClock } from '#tests/support/settable_clock'

test.group('Entitlements', (group) => {
  group.each.setup(() => emptyDatabase())

  async function bound(clock: SettableClock) {
    const user = await storeUser(someAddress())
    await storeEndpoint(`http://127.0.0.1/${user.id}`, { ownerId: user.id })
    const on = { user_id: user.id, source: 'four', kind: 'graduated', created_at: 0 }
    await db.table('subscriptions').insert(on)
    const eligible = async (source = 'four') => {
      const launches = { 'subscriptions.source': source, 'subscriptions.kind': 'graduated' }
      const users = eligibleUsers(db.connection(), channels, clock.now()).where(launches)
      return (await users.where('users.id', user.id).first()) !== null
    }
    return { user, eligible }
  }

  test('a trial lasts three days, is had once, and has one push per source', async ({ assert }) => {
    const clock = new SettableClock()
    const { user, eligible } = await bound(clock)
    const trial = { terms: TERMS, clock }
    assert.isFalse(await eligible())

    assert.isTrue(await startTrial(user.id, trial))
    assert.isFalse(await startTrial(user.id, trial))
    assert.isTrue(await eligible())
    assert.isFalse(await eligible('flap'), 'the switch of flap is off')

    const push = { userId: user.id, source: 'four', launchId: 1 }
    const use = () => writeTransaction((trx) => reserveTrialPush(trx, push, clock.now()))
    assert.deepEqual([await use(), await use()], [true, false])
    assert.isFalse(await eligible())

    await grant(user.id, { ms: DAY_MS, plan: 'monthly' }, { terms: TERMS, clock })
    assert.isTrue(await eligible(), 'a paid plan has no such limit')
    clock.pass(4 * DAY_MS)
    assert.isFalse(await eligible(), 'who has no plan any more gets nothing')
    assert.isFalse(await startTrial(user.id, trial))
  })

  test('deleting an account does not renew the trial of its wallet', async ({ assert }) => {
    const trial = { terms: TERMS, clock: new SettableClock() }
    const wallet = `0x${'ab'.repeat(20)}`
    const first = await storeUser(wallet)
    await first.refresh()
    await startTrial(first.id, trial)
    await eraseAccount(first, trial.clock, new PackageFiles('unused'))

    const again = await storeUser(wallet)
    const other = await storeUser(`0x${'cd'.repeat(20)}`)

    assert.isFalse(await startTrial(again.id, trial))
    assert.isTrue(await startTrial(other.id, trial))
  })

  test('a user whose channel is not bound is not eligible', async ({ assert }) => {
    const clock = new SettableClock()
    const { user, eligible } = await bound(clock)
    await grant(user.id, { ms: DAY_MS, plan: 'monthly' }, { terms: TERMS, clock })
    assert.isTrue(await eligible())

    await db.from('webhook_endpoints').update({ state: 'disabled' })
    assert.isFalse(await eligible())
  })

  test('what is given and taken is noted with its cause', async ({ assert }) => {
    const clock = new SettableClock()
    const user = await storeUser(someAddress())
    const gift = { ms: 2 * DAY_MS, plan: 'monthly', note: 'won the contest' } as const
    await Promise.all([
      grant(user.id, gift, { terms: TERMS, clock }),
      grant(user.id, gift, { terms: TERMS, clock }),
    ])
    const { endsAt } = await Entitlement.findOrFail(user.id)
    assert.equal(endsAt, clock.now() + 4 * DAY_MS)

    clock.pass(DAY_MS)
    await revoke(user.id, 'paid back', clock)
    const changes = await EntitlementChange.query().orderBy('id')
    assert.deepEqual(
      changes.map(({ cause, note, endsAfter }) => [cause, note, endsAfter]),
      [
        ['grant', 'won the contest', endsAt - 2 * DAY_MS],
        ['grant', 'won the contest', endsAt],
        ['revoke', 'paid back', clock.now()],
      ]
    )
    await assert.rejects(() => revoke(user.id, undefined, clock), /nothing to revoke/)
    await assert.rejects(
      () => grant(user.id, { ...gift, ms: 0 }, { terms: TERMS, clock }),
      /Give a time/
    )
  })
})

import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import User from '#models/user'
import { eraseAccount } from '#accounts/personal_data/erase_account'
import { exportAccount } from '#accounts/personal_data/export_account'
import { PackageFiles } from '#verification/evidence/package_files'
import retentionConfig from '#config/retention'
import { TablePruner } from '#foundation/db/retention'
import { emptyDatabase } from '#tests/support/database'
import { SettableClock } from '#tests/support/settable_clock'
import { storeBinding } from '#tests/support/wechat_bindings'

const DAY = 86_400_000

test.group('The token of a binding', (group) => {
  group.each.setup(() => emptyDatabase())

  test('goes 90 days after it ended, however long messages are kept', async ({ assert }) => {
    const clock = new SettableClock()
    const ended = { status: 'inactive', endedAt: clock.now() } as const
    const [mine, used] = [await storeBinding(ended), await storeBinding()]
    const sent = { binding_id: mine.id, client_id: 'c', kind: 'reply', inbound_seq: 1 }
    const { wechat_bot_bindings: rule } = retentionConfig.delivery

    clock.pass(90 * DAY)
    await db.table('wechat_messages').insert({ ...sent, created_at: clock.now() })
    const pruner = new TablePruner({ wechat_bot_bindings: rule! }, clock)
    await pruner.prune()
    assert.lengthOf(await db.from('wechat_bot_bindings'), 2)

    clock.pass(1)
    await pruner.prune()
    const kept = await db.from('wechat_bot_bindings').select('id')
    assert.deepEqual(
      kept.map(({ id }) => Number(id)),
      [used.id]
    )
    assert.isEmpty(await db.from('wechat_messages'))
  })
})

test.group('An account that is erased', (group) => {
  group.each.setup(() => emptyDatabase())

  test('takes its WeChat bindings and messages along, and no others', async ({ assert }) => {
    const [mine, other] = [await storeBinding(), await storeBinding()]
    for (const { id } of [mine, other]) {
      const inbound = { binding_id: id, fingerprint: 'f', kind: 'text' }
      await db.table('wechat_inbound_messages').insert({
        ...inbound,
        create_time_ms: 1,
        received_at: 1,
      })
      const sent = { binding_id: id, client_id: `c${id}`, kind: 'reply', inbound_seq: 1 }
      await db.table('wechat_messages').insert({ ...sent, created_at: 1 })
    }

    await storeLogin(mine.userId)

    await eraseAccount(
      await User.findOrFail(mine.userId),
      new SettableClock(),
      new PackageFiles('unused')
    )

    for (const table of ['wechat_inbound_messages', 'wechat_messages']) {
      const rows = await db.from(table)
      assert.deepEqual(
        rows.map(({ binding_id: id }) => Number(id)),
        [other.id]
      )
    }
    assert.lengthOf(await db.from('wechat_bot_bindings'), 1)
    assert.lengthOf(await db.from('wechat_qr_logins'), 0)
  })

  test('can be exported before, with its WeChat messages and without a token', async ({
    assert,
  }) => {
    const binding = await storeBinding()
    const sent = { binding_id: binding.id, client_id: 'c', kind: 'reply', inbound_seq: 1 }
    await db.table('wechat_messages').insert({ ...sent, result: 'accepted', created_at: 1 })

    const exported = await exportAccount(await User.findOrFail(binding.userId))

    assert.containsSubset(exported.wechat, {
      bindings: [{ wechat_id: binding.userWxId, status: 'active' }],
      latest_sent: [{ kind: 'reply', result: 'accepted' }],
    })
    assert.notInclude(JSON.stringify(exported), binding.botToken)
  })
})

function storeLogin(userId: number) {
  return db.table('wechat_qr_logins').insert({
    user_id: userId,
    state: 'waiting',
    base_url: 'u',
    qr_key: 'k',
    content: 'c',
    codes: 1,
    code_at: 1,
    created_at: 1,
  })
}

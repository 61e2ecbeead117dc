import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import accountsConfig from '#config/accounts'
import ChatPreference from '#models/chat_preference'
import User from '#models/user'
import { watchTron } from '#accounts/tron_accounts'
import type { TronRecord } from '#sources/tron/records'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import {
  DAY_MS,
  someTronAddress,
  storeTronBlocks,
  timeOf,
  TRON,
  tronBlock,
  tronRecord,
} from '#tests/support/tron_records'
import { wechatSending } from '#tests/support/wechat_sending'

const TRX = 1_000_000n

test.group('What WeChat tells users of accounts of TRON', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    accountsConfig.appUrl = 'https://regou.example'
    return () => void (accountsConfig.appUrl = undefined)
  })

  /** A user with Pro who watches an account, and what happens to that. */
  async function stand(language = 'en') {
    const sending = await wechatSending()
    const { clock } = sending
    const binding = await sending.bind()
    const { userId } = binding
    await User.query().where('id', userId).update({ language, time_zone: 'UTC' })
    const owner = someTronAddress()
    await watchTron({ ownerId: userId, chainId: TRON }, { address: owner }, clock)

    let height = 10
    const happens = (record: Partial<TronRecord> & Pick<TronRecord, 'kind'>) =>
      storeTronBlocks([tronBlock(++height, [tronRecord({ owner, ...record })])], {
        now: clock.now(),
      })
    const choose = (switches: Record<string, false | string>) => {
      const times = { createdAt: 0, updatedAt: 0 }
      return ChatPreference.create({ userId, switches, ...times })
    }
    return { ...sending, binding, owner, happens, choose }
  }

  test('is an unfreeze with the day from which it can be withdrawn, and what proves it', async ({
    assert,
  }) => {
    const { owner, happens, round, phone } = await stand()
    const availableAt = timeOf(11) + 14 * DAY_MS
    await happens({ kind: 'unfreeze', amountSun: 1_234_567n * TRX, availableAt })
    await round()

    assert.lengthOf(phone.texts, 1)
    const lines = phone.texts[0]!.split('\n')
    assert.deepEqual(lines.slice(0, 3), ['🔓 Unfrozen · TRON', '1,234,567 TRX · Energy', owner])
    assert.match(lines[3]!, /^Can be withdrawn from 10\/5, .+ on$/)
    assert.equal(lines[4], 'Proof: Proven')
    assert.match(lines[5]!, /on chain → .+ sent \(.+ s\)$/)
    assert.equal(lines[6], `https://regou.example/tron/${owner}`)
  })

  test('is a delegation only when asked for, by amount and resource', async ({ assert }) => {
    const { owner, happens, choose, round, phone } = await stand('zh-CN')
    const receiver = someTronAddress()
    await happens({ kind: 'delegate', receiver, amountSun: 5000n * TRX })
    await round()
    assert.isEmpty(phone.texts)

    await choose({ 'tron.delegated': 'amount:5,000 resource:energy' })
    await happens({ kind: 'delegate', receiver, amountSun: 5000n * TRX - 1n })
    await happens({ kind: 'delegate', receiver, amountSun: 9000n * TRX, resource: 'BANDWIDTH' })
    await happens({ kind: 'delegate', receiver, amountSun: 5000n * TRX })
    await round()

    assert.lengthOf(await jobs(), 1)
    assert.deepEqual(phone.texts[0]!.split('\n').slice(0, 5), [
      '⚡ 委托 · TRON',
      '5,000 TRX · 能量',
      owner,
      '接收地址',
      receiver,
    ])
  })

  test('stands in one digest with launches, and says what a reorg took back', async ({
    assert,
  }) => {
    const { owner, happens, launch, binding, round, write, phone, clock } = await stand()
    await happens({ kind: 'freeze', amountSun: 2000n * TRX })
    await round()
    await db.from('stake_records').update({ removed_at: clock.now(), planned_at: null })
    await binding.merge({ sendsSinceInbound: 10 }).save()
    await launch({ symbol: 'GRAD' })
    await happens({ kind: 'freeze', amountSun: 3000n * TRX })
    await round()
    clock.pass(60_000)
    await write(binding)
    await round()

    const [head, takenBack, ...events] = phone.texts[1]!.split('\n')
    assert.match(head!, /^1 graduation · 1 on TRON · /)
    assert.equal(takenBack, `⚠️ Taken back (reorg): stakes of 2,000 TRX ${owner}`)
    assert.include(events.join('\n'), `🔒 Staked · 3,000 TRX · Energy · ${owner.slice(0, 6)}…`)
    assert.include(events.join('\n'), '🎓 GRAD')
  })

  test('is nothing to a user who does not watch the account, or whose plan is a trial', async ({
    assert,
  }) => {
    const { happens, bind, binding, round, phone } = await stand()
    await bind()
    await db.from('entitlements').where('user_id', binding.userId).update({ plan: 'trial' })
    await happens({ kind: 'freeze' })
    await round()

    assert.isEmpty(phone.texts)
    assert.isEmpty(await jobs())
  })
})

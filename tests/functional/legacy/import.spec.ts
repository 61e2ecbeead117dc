import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Database from 'better-sqlite3'
import plans from '#config/plans'
import { refuseForeignDatabase } from '#foundation/db/foreign_database'
import { importLegacy } from '#legacy/import_legacy'
import WechatBotBinding from '#models/wechat_bot_binding'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { SettableClock } from '#tests/support/settable_clock'

const WALLET = `0x${'ab'.repeat(20)}`
const OTHER = `0x${'cd'.repeat(20)}`
const TOKEN = `0x${'11'.repeat(20)}`
const DAY_MS = 86_400_000

/** The tables of the original specification. */
const TABLES = `
  create table launch_events (id integer primary key, source, symbol, token_address, launch_tx, event_time, block_number);
  create table entitlements (user_id, plan_type, status, expires_at);
  create table subscriptions (user_id, source, enabled);
  create table wechat_bot_bindings (user_id, user_wx_id, bot_token, bot_id, account_id, status);`

/** An app.sqlite with these statements carried out, and what imports it. */
function legacyFile(cleanup: (callback: () => void) => void, statements: string) {
  const folder = mkdtempSync(join(tmpdir(), 'regou-legacy-'))
  cleanup(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'app.sqlite')
  const file = new Database(path)
  file.exec(statements)
  file.close()
  const clock = new SettableClock()
  const settings = { chainId: 56, terms: plans, ilinkUrl: 'https://ilinkai.weixin.qq.com', clock }
  return {
    clock,
    run: (isTrial = false) => importLegacy(path, { ...settings, language: 'en', isTrial }),
  }
}

const rows = (table: string, ...columns: string[]) => db.from(table).orderBy('id').select(columns)

test.group('Importing an app.sqlite', (group) => {
  group.each.setup(() => emptyDatabase())

  test('launches that are not here are history, and unusable ones hold up no other', async ({
    assert,
    cleanup,
  }) => {
    const known = `0x${'22'.repeat(20)}`
    await storeLaunch({ token_address: known, chain_id: 56 })
    const { run } = legacyFile(
      cleanup,
      `${TABLES}
       insert into launch_events (source, symbol, token_address, event_time) values
         ('FOUR', 'Cat${'\u202e'}', '${TOKEN.toUpperCase().replace('0X', '0x')}', 1767225600),
         ('flap', null, '${OTHER}', '2026-01-02 03:04:05'),
         ('four', 'Twice', '${TOKEN}', 1767225600),
         ('four', 'Known', '${known}', 1767225600),
         ('four', 'No address', 'somewhere', 1767225600),
         ('moon', 'No venue', '${OTHER}', 1767225600),
         ('four', x'00ff', '${WALLET}', 'yesterday'),
         ('four', 'Future', '${WALLET}', 99999999999);`
    )

    const trial = await run(true)
    assert.lengthOf(await rows('launch_events', 'id'), 1)
    const { launch_events: counts } = await run()

    assert.deepEqual(counts, trial.launch_events)
    assert.deepInclude(counts, { found: 8, imported: 2, known: 2 })
    assert.deepEqual([...counts!.unusable.values()], [1, 1, 1, 1])
    const imported = await db.from('launch_events').where('block_number', 0).orderBy('id')
    assert.deepEqual(
      imported.map((row) => [row.source, row.symbol, row.token_address, Number(row.event_time)]),
      [
        ['four', 'Cat', TOKEN, Date.UTC(2026, 0, 1)],
        ['flap', null, OTHER, Date.UTC(2026, 0, 2, 3, 4, 5)],
      ]
    )
    assert.isTrue(imported.every((row) => row.planned_at !== null && !row.webhook_sent))
    const again = await run()
    assert.deepInclude(again.launch_events, { imported: 0, known: 4 })
  })

  test('users get what is left of their plans, their switches and their bots, once', async ({
    assert,
    cleanup,
  }) => {
    const now = new SettableClock().now()
    const { run } = legacyFile(
      cleanup,
      `${TABLES}
       create table users (id integer primary key, wallet_address text);
       insert into users values (7, '${OTHER.toUpperCase().replace('0X', '0x')}');
       insert into entitlements values
         ('${WALLET}', 'pro_yearly', 'active', ${Math.round((now + 40 * DAY_MS) / 1000)}),
         (7, 'free', 'expired', 1600000000),
         ('8', 'pro_monthly', 'active', 99999999999),
         ('${WALLET}', 'gold', 'active', 99999999999);
       insert into subscriptions values
         ('${WALLET}', 'four', 1), ('${WALLET}', 'flap', 0), (null, 'four', 1);
       insert into wechat_bot_bindings values
         ('${WALLET}', 'me@im.wechat', 'token of the bot', 'bot@im.bot', 'a', 'active'),
         (7, 'you@im.wechat', 'token', 'bot2@im.bot', 'b', 'expired'),
         (7, 'them@im.wechat', null, 'bot3@im.bot', 'c', 'active');`
    )

    await run(true)
    assert.lengthOf(await rows('users', 'id'), 0)
    const counts = await run()

    assert.deepInclude(counts.entitlements, { found: 4, imported: 1, known: 0, over: 1 })
    assert.deepInclude(counts.subscriptions, { found: 3, imported: 2 })
    assert.deepInclude(counts.wechat_bot_bindings, { found: 3, imported: 1, over: 1 })
    const [user, other] = await db.from('users').orderBy('id')
    assert.deepEqual([user.wallet_address, other.wallet_address], [WALLET, OTHER])
    const [plan, trial] = await db.from('entitlements').orderBy('user_id')
    assert.deepEqual([plan.plan, Number(plan.ends_at)], ['yearly', now + 40 * DAY_MS])
    assert.deepEqual([trial.plan, Number(trial.ends_at)], ['trial', now + 1])
    const on = await db.from('subscriptions').where('user_id', user.id).select('source', 'kind')
    assert.deepEqual(on, [{ source: 'four', kind: 'created' }])
    const binding = await WechatBotBinding.firstOrFail()
    assert.equal(binding.userId, Number(user.id))
    assert.equal(binding.botToken, 'token of the bot')
    assert.notInclude(JSON.stringify(counts), 'token of the bot')

    const again = await run()
    assert.deepInclude(again.entitlements, { imported: 0, known: 2 })
    assert.deepInclude(again.wechat_bot_bindings, { imported: 0, known: 1 })
    const changes = await rows('entitlement_changes', 'id')
    assert.lengthOf(changes, 2)
  })

  test('a database of another program is refused before anything is made in it', async ({
    assert,
    cleanup,
  }) => {
    const { run } = legacyFile(cleanup, 'create table adonis_schema (id)')
    await assert.rejects(() => run(), /database of Regou itself/)
    await refuseForeignDatabase()

    const trx = await db.transaction()
    cleanup(() => trx.rollback())
    await trx.from('adonis_schema').delete()

    await assert.rejects(() => refuseForeignDatabase(trx), /of another program.+import:legacy/)
  })
})

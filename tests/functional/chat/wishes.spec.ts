import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { FilterAnswers } from '#delivery/expressions/filter_answers'
import User from '#models/user'
import { changePreferences } from '#chat/preferences/preferences'
import { watch } from '#chat/preferences/watches'
import { readChatWishes } from '#chat/preferences/wishes'
import { countCreated, newestLaunchId } from '#chat/messages/summary'
import { nearlyThere } from '#chat/messages/nearly_there'
import { timeToGraduate } from '#chat/kinds/time_to_graduate'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch, storeLaunches, storePool } from '#tests/support/facts'
import { SettableClock } from '#tests/support/settable_clock'

const clock = new SettableClock()

const launch = (columns: object): FactRow => ({
  source: 'four',
  kind: 'created',
  token_address: someAddress(),
  creator: someAddress(),
  symbol: 'DOGE',
  name: null,
  quote_address: null,
  ...columns,
})

test.group('Wishes of a chat', (group) => {
  group.each.setup(() => emptyDatabase())

  let userId: number
  group.each.setup(async () => {
    const user = await User.create({ walletAddress: someAddress(), createdAt: 1, updatedAt: 1 })
    userId = user.id
  })

  const wants = async (columns: object) => {
    const wishes = await readChatWishes(db.connection())
    const answers = new FilterAnswers()
    return answers.during(async () =>
      wishes.wants(userId, 'launch', launch(columns), answers.judge)
    )
  }
  const choose = (switches: Record<string, false | string>) =>
    changePreferences(userId, () => ({ switches }), clock)

  test('are at first graduations, and no new token', async ({ assert }) => {
    assert.isTrue(await wants({ kind: 'graduated' }))
    assert.isFalse(await wants({ kind: 'created' }))
  })

  test('pick new tokens by a filter only: without one they are counted', async ({ assert }) => {
    await choose({ 'four.created': 'name:pepe', 'flap.created': '', 'four.graduated': false })

    assert.isTrue(await wants({ symbol: 'Pepe2' }))
    assert.isTrue(await wants({ symbol: 'P\u200bEPE' }))
    assert.isFalse(await wants({ symbol: 'DOGE' }))
    assert.isFalse(await wants({ symbol: 'Pepe', source: 'flap' }))
    assert.isFalse(await wants({ kind: 'graduated' }))
  })

  test('hold whatever a followed creator or token does, whatever is switched off', async ({
    assert,
  }) => {
    await choose({ 'four.created': false, 'four.graduated': false })
    const followed = someAddress()
    await watch(userId, followed, clock)

    assert.isTrue(await wants({ creator: followed }))
    assert.isTrue(await wants({ token_address: followed, kind: 'graduated' }))
    assert.isFalse(await wants({}))
  })

  test('hold each launch that has a followed word in its symbol or name', async ({ assert }) => {
    await choose({ 'four.created': false, 'four.graduated': false })
    await watch(userId, 'pepe', clock)

    assert.isTrue(await wants({ symbol: 'XPEPE' }))
    assert.isTrue(await wants({ name: 'The P\u200bepe', kind: 'graduated' }))
    assert.isFalse(await wants({ symbol: 'DOGE', creator: 'pepe' }))
  })

  test('know of a graduation that names nothing whose token it is', async ({ assert }) => {
    const [byWord, byCreator, byFilter] = [someAddress(), someAddress(), someAddress()]
    const creator = someAddress()
    await choose({ 'four.graduated': 'symbol:doge' })
    await watch(userId, 'pepe', clock)
    await watch(userId, creator, clock)
    await storeLaunch({ token_address: byWord, symbol: 'PEPE2' })
    await storeLaunch({ token_address: byCreator, symbol: 'X', creator })
    await storeLaunch({ token_address: byFilter, symbol: 'DOGE' })

    const nameless = { kind: 'graduated', symbol: null, name: null, creator: null }
    for (const token of [byWord, byCreator, byFilter, someAddress()]) {
      const graduation = { ...nameless, token_address: token }
      await storeLaunch(graduation)
      assert.equal(await wants(graduation), [byWord, byCreator, byFilter].includes(token))
    }
  })
})

test.group('What a chat only counts', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are the new tokens of every venue since the last count', async ({ assert }) => {
    await storeLaunches(3)
    const client = db.connection()
    const from = await newestLaunchId(client)
    await storeLaunch({ kind: 'created', source: 'flap' })
    await storeLaunch({ kind: 'created', source: 'four' })
    await storeLaunch({ kind: 'created', source: 'four', removed_at: 5 })
    await storeLaunch({ kind: 'graduated', source: 'four' })

    const { count, throughId } = await countCreated(client, from)

    assert.equal(count, 2)
    assert.deepEqual(await countCreated(client, throughId), { count: 0, throughId })
  })

  test('names tokens with more than 90 % of their curve that have not graduated', async ({
    assert,
  }) => {
    const stored = async (symbol: string, progress: string | null, hasGraduated = false) => {
      const token = someAddress()
      await storeLaunch({ kind: 'created', token_address: token, symbol })
      await storePool({ kind: 'curve', token_address: token, progress })
      if (hasGraduated) await storeLaunch({ kind: 'graduated', token_address: token })
    }
    await stored('NEAR', '912345678901234567')
    await stored('NEARER', '999999999999999999')
    await stored('AT_90', '900000000000000000')
    await stored('FAR', '899999999999999999')
    await stored('SMALL', '99')
    await stored('FULL', '1000000000000000000')
    await stored('GONE', '950000000000000000', true)
    await stored('UNKNOWN', null)

    const found = await nearlyThere(db.connection(), 10)

    assert.deepEqual(
      found.map(({ symbol, percent }) => [symbol, percent]),
      [
        ['NEARER', 99],
        ['NEAR', 91],
      ]
    )
  })

  test('measures from the launch of a token to its graduation, where both are stored', async ({
    assert,
  }) => {
    const token = { source: 'four', token_address: someAddress() }
    const graduation = { ...token, kind: 'graduated', event_time: 400_000 }
    const took = (columns: object) =>
      timeToGraduate(db.connection(), launch({ ...graduation, ...columns }))
    assert.isNull(await took({}))

    await storeLaunch({ ...token, kind: 'created', event_time: 27_600 })
    assert.equal(await took({}), 372_400)
    assert.isNull(await took({ kind: 'created' }))
  })
})

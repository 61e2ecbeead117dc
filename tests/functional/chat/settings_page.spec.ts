import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import wechatConfig from '#config/wechat'
import { loginLimit } from '#config/limiter'
import User from '#models/user'
import { allSwitches } from '#accounts/subscriptions'
import { preferencesOf } from '#chat/preferences/preferences'
import { choicesOf } from '#chat/preferences/switches'
import { watch, watchesOf } from '#chat/preferences/watches'
import { bindFollower, followerOf, followerOfUser } from '#wechat/official_account/followers'
import { exportAccount } from '#accounts/personal_data/export_account'
import { eraseAccount } from '#accounts/personal_data/erase_account'
import { systemClock } from '#foundation/clock'
import ChatPreference from '#models/chat_preference'
import OneUseKey from '#models/one_use_key'
import { PackageFiles } from '#verification/evidence/package_files'
import { emptyDatabase } from '#tests/support/database'
import { someAddress } from '#tests/support/facts'
import { someWallet, Visitor } from '#tests/support/visitor'
import { wantCreated } from '#tests/support/wechat_sending'

const FORM = {
  'switches[]': ['four.created', 'four.graduated'],
  'filters[four][created]': 'name:pepe',
  'filters[flap][created]': '',
  'quiet_from': '23:00',
  'quiet_until': '07:30',
  'has_links': 'on',
}

test.group('Chat settings', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  async function loggedIn() {
    const visitor = new Visitor()
    const wallet = someWallet()
    await visitor.logIn(wallet)
    const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
    return { visitor, user }
  }

  test('are set as the form has them, and shown so', async ({ assert }) => {
    const { visitor, user } = await loggedIn()

    await visitor.post('/user-center/chat', FORM)

    const preference = await preferencesOf(user.id)
    const chosen = choicesOf(preference).filter(({ choice }) => choice !== false)
    assert.deepEqual(
      chosen.map(({ source, kind, choice }) => [source, kind, choice]),
      [
        ['four', 'created', 'name:pepe'],
        ['four', 'graduated', ''],
      ]
    )
    const { quietFrom, quietUntil, hasLinks, keepsAlive } = preference
    assert.deepEqual([quietFrom, quietUntil, hasLinks, keepsAlive], [1380, 450, true, false])
    const page = await visitor.get('/user-center')
    assert.include(page.text, 'value="name:pepe"')
    assert.include(page.text, 'value="23:00"')
    assert.include(page.text, 'In your time zone, Asia/Tokyo')
  })

  test('stay as they are where a filter or a time cannot be used', async ({ assert }) => {
    const { visitor, user } = await loggedIn()

    await visitor.post('/user-center/chat', { ...FORM, 'filters[four][created]': 'nam:pepe' })
    const page = await visitor.get('/user-center')
    await visitor.post('/user-center/chat', { ...FORM, quiet_until: '' })

    assert.include(page.text, 'nam:pepe: a field is one of name, symbol, creator, quote')
    const { switches } = await preferencesOf(user.id)
    assert.deepEqual(switches, {})
  })

  test('follow a preset and keep what is followed, and what filters pick', async ({ assert }) => {
    const { visitor, user } = await loggedIn()
    const address = someAddress()
    await watch(user.id, address, systemClock)
    await wantCreated(user.id, 'name:pepe')

    await visitor.post('/user-center/chat/preset', { preset: 'mine' })

    const preference = await preferencesOf(user.id)
    const wanted = choicesOf(preference, allSwitches()).filter(({ choice }) => choice !== false)
    assert.containsSubset(wanted, [{ source: 'four', kind: 'created', choice: 'name:pepe' }])
    assert.lengthOf(wanted, 1)
    const [watched] = await watchesOf(user.id)
    assert.equal(watched!.subject, address)
  })

  test('give out a code that binds the official account, where there is one', async ({
    assert,
  }) => {
    const { visitor, user } = await loggedIn()
    const without = await visitor.get('/user-center')
    assert.notInclude(without.text, '/user-center/chat/code')

    wechatConfig.officialAccount.token = 'testtoken'
    await visitor.post('/user-center/chat/code')
    const page = await visitor.get('/user-center')
    wechatConfig.officialAccount.token = undefined

    const [, code] = /<code>\/bind ([A-Z2-9]{10})<\/code>/.exec(page.text)!
    await followerOf('oUser', systemClock)
    await bindFollower('oUser', code!, systemClock)
    assert.isNotNull(await followerOfUser(user.id))
    await visitor.post('/user-center/chat/unbind')
    assert.isNull(await followerOfUser(user.id))
  })

  test('are exported and erased with the account', async ({ assert }) => {
    const { visitor, user } = await loggedIn()
    const address = someAddress()
    await visitor.post('/user-center/chat', FORM)
    await watch(user.id, address, systemClock)
    await watch(user.id, 'pepe', systemClock)
    await visitor.post('/user-center/chat/code')

    const file = await exportAccount(user)
    assert.equal(file.chats[0]!.quiet_from_minute, 1380)
    const [watched, word] = file.watches
    assert.deepEqual([watched!.address, word!.word], [address, 'pepe'])
    await eraseAccount(user, systemClock, new PackageFiles('unused'))

    assert.isEmpty(await ChatPreference.all())
    assert.isEmpty(await watchesOf(user.id))
    assert.isEmpty(await OneUseKey.all())
  })
})

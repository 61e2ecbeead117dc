import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import { loginLimit } from '#config/limiter'
import TronAccount from '#models/tron_account'
import { runCommand as ace } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { storeDifference, storeFullTronAccount } from '#tests/support/looks/tron_pages'
import { someTronAddress } from '#tests/support/tron_records'
import { someWallet, Visitor } from '#tests/support/visitor'

const HEX = '41c8599111f29c1e1e061265b4af93ea1f274ad78a'
const BASE58 = 'TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH'

const watched = async () => {
  const accounts = await TronAccount.query().orderBy('id')
  return accounts.map(({ address, label, poolAccountId }) => [address, label, poolAccountId])
}

test.group('Watching accounts of TRON', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('the operator watches an account by any form of its address, and ends it', async ({
    assert,
  }) => {
    const made = await ace('tron:watch', HEX, '--label=Pool 1', '--pool=1', '--json')
    assert.equal(JSON.parse(made.stdout.join()).data[0].address, BASE58)
    assert.deepEqual(await watched(), [[BASE58, 'Pool 1', '1']])
    const again = await ace('tron:watch', BASE58, '--label=Energy')
    assert.equal(again.code, 0, again.stderr)
    assert.deepEqual(await watched(), [[BASE58, 'Energy', '1']])

    const ended = await ace('tron:unwatch', BASE58)
    assert.equal(ended.code, 0, ended.stderr)
    assert.deepEqual(await watched(), [])
    const twice = await ace('tron:unwatch', BASE58)
    assert.equal(twice.code, 1)
    assert.include(twice.stderr, 'tron:watch')
  })

  test('a mistyped address and a taken pool are refused in one line', async ({ assert }) => {
    await ace('tron:watch', BASE58, '--pool=1')
    const mistyped = await ace('tron:watch', BASE58.replace(/H$/, 'J'))
    const taken = await ace('tron:watch', someTronAddress(), '--pool=1')

    assert.equal(mistyped.code, 1)
    assert.include(mistyped.stderr, 'checksum')
    assert.equal(taken.code, 1)
    assert.include(taken.stderr, 'Another account is called 1')
    assert.lengthOf(await watched(), 1)
  })

  test('a user watches an account in the user center, with a name of his own', async ({
    assert,
  }) => {
    const visitor = new Visitor('en')
    await visitor.logIn(someWallet())

    await visitor.post('/user-center/tron', { address: BASE58, label: 'My <pool>' })
    const page = await visitor.get('/user-center')
    assert.include(page.text, 'My &lt;pool&gt;')
    assert.include(page.text, `/tron/${BASE58}`)

    await visitor.post('/user-center/tron', { address: 'Tnonsense', label: '' })
    const refused = await visitor.get('/user-center')
    assert.include(refused.text, 'An address of TRON begins with T')
    const noAddress = await visitor.post('/user-center/tron/remove', { address: 'Tnonsense' })
    assert.equal(noAddress.status, 422)
    await visitor.post('/user-center/tron/remove', { address: BASE58 })
    assert.deepEqual(await watched(), [])
  })

  test('whether its records add up is shown to its user, and on its page sum by sum', async ({
    assert,
    client,
  }) => {
    const visitor = new Visitor('en')
    await visitor.logIn(someWallet())
    await visitor.post('/user-center/tron', { address: BASE58, label: '' })
    await storeDifference(BASE58, Date.now())

    const center = await visitor.get('/user-center')
    const page = await visitor.get(`/tron/${BASE58}`)
    const told = await client.get(`/api/v1/accounts/${BASE58}`)

    assert.match(center.text, /Balances differ/)
    assert.include(page.text, 'What it has in block 79,028,800 is not what its records')
    assert.include(page.text, 'Its balances last agreed at block 78,999,999.')
    assert.include(page.text, '1,234,567 TRX')
    assert.include(page.text, '1,234,000 TRX by its records')
    const { check } = told.body().data
    assert.deepEqual(check.difference, { 'staked.ENERGY': '567000000' })
    assert.equal(check.agreed_to_block, 78_999_999)
  })

  test('the newest records of all accounts are on a page that leads to each', async ({
    assert,
    client,
  }) => {
    const owner = await storeFullTronAccount()

    const visitor = new Visitor('en')
    const all = await visitor.get('/tron')
    const mistyped = await visitor.get('/tron?address=Tnonsense')
    const found = await client
      .get('/tron')
      .qs({ address: ` ${owner} ` })
      .redirects(0)

    assert.include(all.text, `href="/tron/${owner}"`)
    assert.equal(found.header('location'), `/tron/${owner}`)
    assert.include(mistyped.text, 'This is no address of TRON')
  })
})

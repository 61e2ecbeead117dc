import { Readable } from 'node:stream'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { loginLimit } from '#config/limiter'
import { systemClock } from '#foundation/clock'
import OkxAccount from '#models/okx_account'
import { checkKey } from '#collectors/okx/accounts/check_key'
import { ensureFirstAccount } from '#collectors/okx/accounts/first_account'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { LocalOkx } from '#demo/okx/local_okx'
import type { VenueAccount } from '#demo/okx/venue_account'
import { authorized, storeUser } from '#tests/support/api_token'
import { runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { keyFields, listenAsOkx } from '#tests/support/okx_account'
import { SettableClock } from '#tests/support/settable_clock'
import { Visitor } from '#tests/support/visitor'

const PATH = '/api/v1/okx/accounts'

/** Runs the command with the key on its stdin. */
async function ace({ key }: VenueAccount, ...words: string[]) {
  const { stdin } = process
  const lines = [key.apiKey, key.secret, key.passphrase].join('\n')
  Object.defineProperty(process, 'stdin', { value: Readable.from([lines]), configurable: true })
  try {
    return await runCommand('okx:account', ...words)
  } finally {
    Object.defineProperty(process, 'stdin', { value: stdin, configurable: true })
  }
}

const labels = async () => {
  const accounts = await OkxAccount.query().whereNull('removed_at').orderBy('id')
  return accounts.map(({ label }) => label)
}

async function userCenter(visitor: Visitor) {
  const { text } = await visitor.get('/user-center')
  return text
}

test.group('Accounts at OKX', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('the operator adds one by command, sees, checks and removes it', async ({
    assert,
    cleanup,
  }) => {
    const { venue } = await listenAsOkx(cleanup)
    const account = venue.addAccount({ permissions: 'read_only,trade' })

    const added = await ace(account, 'add', 'main')
    assert.equal(added.code, 0, added.stderr)
    assert.include(added.stderr, `OKX ${account.ledger.uid}`)
    assert.include(added.stderr, 'The key may trade')
    assert.include(added.stderr, 'bound to no IP address')
    const listed = await runCommand('okx:account', 'list')
    assert.include(listed.stdout.join(), `main\tglobal live\t${account.ledger.uid}`)
    const checked = await runCommand('okx:account', 'check', 'main')
    assert.equal(checked.code, 0, checked.stderr)

    venue.changeKey(account)
    const bad = await runCommand('okx:account', 'check', 'main')
    assert.equal(bad.code, 1)
    assert.include(bad.stderr, 'OKX does not know this key')
    const removed = await runCommand('okx:account', 'remove', 'main')
    assert.equal(removed.code, 0, removed.stderr)
    const row = await OkxAccount.firstOrFail()
    assert.deepEqual(
      [row.status, row.apiKey, row.secretKey, row.passphrase],
      ['removed', null, null, null]
    )
    const gone = await runCommand('okx:account', 'check', 'main')
    assert.include(gone.stderr, 'no OKX account main')
  })

  test('a key is stored sealed, and no answer holds it', async ({ assert, client, cleanup }) => {
    const { venue } = await listenAsOkx(cleanup)
    const account = venue.addAccount()
    const headers = await authorized()
    const created = await client.post(PATH).headers(headers).json(keyFields(account))
    const listed = await client.get(PATH).headers(headers)

    created.assertStatus(201)
    const row = JSON.stringify(await db.from('okx_accounts').first())
    for (const part of Object.values(account.key)) {
      assert.notInclude(row, part)
      assert.notInclude(created.text() + listed.text(), part)
    }
    assert.containsSubset(listed.body().data[0], {
      label: 'main',
      permissions: ['read_only'],
      warnings: [],
    })
  })

  test('each key that cannot be used is refused with its reason and its field, and nothing is stored', async ({
    assert,
    client,
    cleanup,
  }) => {
    const { venue } = await listenAsOkx(cleanup)
    const account = venue.addAccount()
    const good = keyFields(account)
    const bound = keyFields(venue.addAccount({ ip: '203.0.113.7' }))
    const blind = keyFields(venue.addAccount({ permissions: 'trade' }))
    const headers = await authorized()
    const refusals = [
      [{ ...good, secret_key: 'x' }, 'secret_key', 'secret key is not the one'],
      [{ ...good, passphrase: 'x' }, 'passphrase', 'passphrase is not the one'],
      [{ ...good, api_key: crypto.randomUUID() }, 'api_key', 'of another region'],
      [{ ...good, environment: 'demo' }, 'environment', 'demo trading'],
      [bound, 'api_key', 'IP addresses'],
      [blind, 'api_key', 'may not read'],
      [{ ...good, label: ' ' }, 'label', 'label'],
    ] as const
    for (const [body, field, words] of refusals) {
      const refused = await client.post(PATH).headers(headers).json(body)
      refused.assertStatus(422)
      const [error] = refused.body().errors
      assert.equal(error.field, field)
      assert.include(error.message, words)
    }
    assert.deepEqual(await labels(), [])
  })

  test('a key of another region is refused with the name of its own', async ({ assert }) => {
    const okx = new LocalOkx()
    const { key } = okx.venue.addAccount({ region: 'eea' })
    const venues = new OkxVenues(systemClock, {}, okx.fetch)
    const place = { region: 'global', environment: 'live' } as const

    const refused = checkKey(venues, place, { ...key, secretKey: key.secret })
    await assert.rejects(() => refused, 'This key is of the region "eea"')
  })

  test('while OKX is closed the answer says so, and the same is taken later', async ({
    client,
    cleanup,
  }) => {
    const okx = await listenAsOkx(cleanup)
    const account = okx.venue.addAccount()
    okx.faults.add('/api/v5/account/config', { code: '50001', msg: 'Service unavailable' })
    const headers = await authorized()

    const refused = await client.post(PATH).headers(headers).json(keyFields(account))
    refused.assertStatus(503)
    refused.assertBodyContains({ errors: [{ code: 'okx_unavailable' }] })
    const taken = await client.post(PATH).headers(headers).json(keyFields(account))
    taken.assertStatus(201)
  })

  test('one account is stored once: its owner gives it a new key, another owner is refused', async ({
    assert,
    client,
    cleanup,
  }) => {
    const { venue } = await listenAsOkx(cleanup)
    const account = venue.addAccount()
    const user = await authorized(['*'], await storeUser(`0x${'1'.repeat(40)}`))
    const operator = await authorized()
    const first = await client.post(PATH).headers(user).json(keyFields(account))
    const taken = await client.post(PATH).headers(operator).json(keyFields(account))
    taken.assertStatus(409)
    taken.assertBodyContains({ errors: [{ code: 'account_taken' }] })

    venue.changeKey(account)
    const { id } = first.body().data
    const removed = await client.delete(`${PATH}/${id}`).headers(operator)
    removed.assertStatus(404)
    const again = await client
      .post(PATH)
      .headers(user)
      .json({ ...keyFields(account), label: 'renamed' })
    again.assertStatus(200)
    assert.equal(again.body().data.id, id)
    const checked = await client.post(`${PATH}/${id}/check`).headers(user)
    checked.assertBodyContains({ data: { accepted: true, reason: null } })
    assert.deepEqual(await labels(), ['renamed'])
  })

  test('one that was removed comes back as what it was', async ({ assert, client, cleanup }) => {
    const { venue } = await listenAsOkx(cleanup)
    const fields = keyFields(venue.addAccount())
    const headers = await authorized()
    const first = await client.post(PATH).headers(headers).json(fields)
    const { id } = first.body().data
    await client.delete(`${PATH}/${id}`).headers(headers)
    const again = await client.post(PATH).headers(headers).json(fields)

    assert.equal(again.body().data.id, id)
    assert.deepEqual(await labels(), ['main'])
  })

  test('a user adds, checks and removes one in the user center, in words of the page', async ({
    assert,
    cleanup,
  }) => {
    const { venue } = await listenAsOkx(cleanup)
    const account = venue.addAccount({ permissions: 'read_only,withdraw', isDemo: true })
    const fields = { ...keyFields(account), label: 'My <key>' }
    const visitor = new Visitor('zh-CN')
    await visitor.logIn()

    await visitor.post('/user-center/okx', { ...fields, passphrase: 'x' })
    assert.include(await userCenter(visitor), 'Passphrase 与这个 API Key 不符')
    await visitor.post('/user-center/okx', fields)
    const page = await userCenter(visitor)
    assert.include(page, 'My &lt;key&gt;')
    assert.include(page, '该密钥可以提币')
    assert.notInclude(page, account.key.apiKey)

    const { id } = await OkxAccount.firstOrFail()
    await visitor.post(`/user-center/okx/${id}/check`)
    assert.include(await userCenter(visitor), '密钥可用')
    await visitor.post(`/user-center/okx/${id}/remove`)
    assert.deepEqual(await labels(), [])
  })

  test('the environment makes a first account, gives it a new key, and never a second one', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const place = { region: 'global', environment: 'demo' } as const
    const key = { apiKey: 'key', secretKey: 'secret', passphrase: 'words' }
    await ensureFirstAccount(null, clock)
    assert.deepEqual(await labels(), [])
    await ensureFirstAccount({ ...place, ...key }, clock)
    await ensureFirstAccount({ ...place, ...key }, clock)
    await ensureFirstAccount({ ...place, ...key, secretKey: 'another' }, clock)

    const [account, ...more] = await OkxAccount.all()
    assert.lengthOf(more, 0)
    assert.containsSubset(account, { label: 'environment', ownerId: null, secretKey: 'another' })
  })
})

import { test } from '@japa/runner'
import { setSwitches, switchAllOn, switchesOf } from '#accounts/subscriptions'
import { writeTransaction } from '#foundation/db/transaction'
import { addVenue } from '#sources/venues'
import { switchesValidator } from '#validators/account_forms'
import { marketReaderIn } from '#http/money'
import { feedFilters } from '#views/feed_filters'
import { storeUser } from '#tests/support/api_token'
import { putLog } from '#tests/support/chain/put_log'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'
import { LAUNCHED, MOONPAD, moonpad } from '#tests/support/moonpad'
import { givePro } from '#tests/support/plans'
import { scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

const SWITCHES = ['moonpad.created', 'moonpad.graduated']

test.group('A new venue is a file and a line, for users too', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => addVenue(moonpad))

  /** A user who pays, with every switch on and an endpoint. */
  async function member(clock: SettableClock) {
    const user = await storeUser(someAddress())
    await writeTransaction((trx) => switchAllOn(trx, user.id, clock.now()))
    await givePro(user.id, clock)
    const { id } = await storeEndpoint('https://example.com/hooks', { ownerId: user.id })
    return { user, jobs: () => jobs({ target_id: id }) }
  }

  /** Reads a chain on which the venue has launched a token. */
  async function scan(token: string) {
    const chain = new TestChain(1)
    chain.density = 0
    chain.mine(10)
    putLog(chain.blocks[5]!, MOONPAD, LAUNCHED, [token, someAddress(), 'MOON'])
    const server = await RpcServer.start(chain)
    await scannerOf([server.url])
      .once()
      .finally(() => server.close())
  }

  test('its switches are on for who comes, and are accepted as others are', async ({ assert }) => {
    const clock = new SettableClock()
    const { user } = await member(clock)

    const own = await switchesOf(user.id)
    assert.deepEqual(
      own.filter(({ source }) => source === 'moonpad'),
      [
        { source: 'moonpad', kind: 'created', isOn: true },
        { source: 'moonpad', kind: 'graduated', isOn: true },
      ]
    )
    const form = await switchesValidator.validate({ switches: SWITCHES })
    assert.deepEqual(form.switches, SWITCHES)
  })

  test('its launches reach the endpoints of those who have it on, and of no others', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const one = await member(clock)
    const other = await member(clock)
    await setSwitches(other.user.id, [{ source: 'four', kind: 'created' }], clock)

    await scan(someAddress())
    await newPlanner(clock).plan()

    const planned = await one.jobs()
    assert.deepEqual(
      planned.map((job) => job.event_type),
      ['launch.created']
    )
    assert.isEmpty(await other.jobs())
  })

  test('the lists and the feed filter by it', async ({ client, assert }) => {
    const token = someAddress()
    await scan(token)

    const listed = await client.get('/api/v1/launches').qs({ source: 'moonpad' })
    listed.assertStatus(200)
    assert.deepEqual(
      listed.body().data.map((launch: { token_address: string }) => launch.token_address),
      [token]
    )
    const latest = await client.get('/api/events/latest/moonpad')
    latest.assertStatus(200)

    const { sources } = feedFilters({ source: 'moonpad' }, await marketReaderIn('en'), null)
    const link = sources.find(({ label }) => label === 'Moonpad')
    assert.deepInclude(link, { url: '/?source=moonpad', isCurrent: true })
  })

  test('what was taken out again is unknown', async ({ client }) => {
    const other = addVenue({ ...moonpad, name: 'sunpad' })
    other()

    const response = await client.get('/api/v1/launches').qs({ source: 'sunpad' })
    response.assertStatus(422)
  })
})

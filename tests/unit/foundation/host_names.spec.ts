import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getActiveTest, test } from '@japa/runner'
import { HostNames } from '#foundation/net/host_names'
import type { LookupError } from '#foundation/net/host_names'
import { LocalNames } from '#foundation/net/local_names'
import { startNameServer } from '#tests/support/name_server'
import { SettableClock } from '#tests/support/settable_clock'

/** What a machine says about names that has these two files. */
function localNames(hosts = '', settings = '') {
  const folder = mkdtempSync(join(tmpdir(), 'regou-names-'))
  getActiveTest()?.cleanup(() => rmSync(folder, { recursive: true }))
  const paths = { hosts: join(folder, 'hosts'), settings: join(folder, 'resolv.conf') }
  writeFileSync(paths.hosts, hosts)
  writeFileSync(paths.settings, settings)
  return new LocalNames(paths)
}

async function failure(looking: Promise<unknown>): Promise<LookupError> {
  return looking.then(
    () => Promise.reject(new Error('it has an address')),
    (error: LookupError) => error
  )
}

test.group('Names of hosts', () => {
  test('are asked about once by all who ask at the same time, and then after their TTL', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const server = await startNameServer(() => ({ A: ['192.0.2.1'], ttl: 30 }))
    const names = new HostNames({ clock, local: localNames(), servers: [server.address] })
    const look = () => names.addressesOf('Receiver.example')

    assert.deepEqual(await Promise.all([look(), look(), look()]), Array(3).fill(['192.0.2.1']))
    clock.pass(29_000)
    await look()
    assert.lengthOf(server.asked, 1)
    clock.pass(2000)
    await look()
    assert.lengthOf(server.asked, 2)
  })

  test('whose servers are silent fail by themselves, and delay no other', async ({ assert }) => {
    const server = await startNameServer((name) =>
      name.startsWith('silent') ? null : { A: ['192.0.2.1'] }
    )
    const local = localNames()
    const names = new HostNames({ local, servers: [server.address], withinMs: 300 })
    const silent = Array.from({ length: 50 }, (_, index) =>
      failure(names.addressesOf(`silent${index}.example`))
    )
    let isOver = false
    void Promise.race(silent).then(() => (isOver = true))

    assert.deepEqual(await names.addressesOf('healthy.example'), ['192.0.2.1'])
    assert.isFalse(isOver)
    for (const error of await Promise.all(silent)) {
      assert.isTrue(error.isSilence)
      assert.match(error.message, /^silent\d+\.example: the name servers did not answer$/)
    }
  })

  test('that do not exist are told as such, and not asked about again at once', async ({
    assert,
  }) => {
    const server = await startNameServer(() => 'unknown')
    const names = new HostNames({ local: localNames(), servers: [server.address] })

    const first = await failure(names.addressesOf('nowhere.example'))
    await failure(names.addressesOf('nowhere.example'))
    assert.include(first, { message: 'nowhere.example: ENOTFOUND', isSilence: false })
    assert.lengthOf(server.asked, 1)
  })

  test('are those of the hosts file before any other, and localhost is this machine', async ({
    assert,
  }) => {
    const local = localNames('192.0.2.7 inside Inside.example # ours\n2001:db8::7 inside\n')
    const server = await startNameServer(() => null)
    const names = new HostNames({ local, servers: [server.address] })

    assert.deepEqual(await names.addressesOf('inside'), ['192.0.2.7', '2001:db8::7'])
    assert.deepEqual(await names.addressesOf('inside.example.'), ['192.0.2.7'])
    assert.deepEqual(await names.addressesOf('localhost'), ['127.0.0.1', '::1'])
    assert.isEmpty(server.asked)
  })

  test('that are short are looked for in the search domains', async ({ assert }) => {
    const local = localNames('', 'search apps.internal internal\noptions ndots:2\n')
    const server = await startNameServer((name) =>
      name === 'receiver.internal' ? { A: ['10.0.0.1'] } : 'unknown'
    )
    const names = new HostNames({ local, servers: [server.address] })

    assert.deepEqual(await names.addressesOf('receiver'), ['10.0.0.1'])
    assert.deepEqual(server.asked, ['receiver.apps.internal', 'receiver.internal'])
  })
})

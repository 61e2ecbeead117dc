import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { DEBIAN_SERVERS, isInstalled, RedisServer } from '#tests/support/debian_servers'
import { until } from '#tests/support/delivery'
import { EventStreamReader } from '#tests/support/event_stream'
import { storeLaunch } from '#tests/support/facts'
import {
  someTronAddress,
  storeTronBlocks,
  tronBlock,
  tronRecord,
} from '#tests/support/tron_records'
import { WebProcess } from '#tests/support/web_process'

/** What `/health/ready` says of Redis. */
async function redisState({ url }: WebProcess): Promise<string> {
  const { redis } = await readJson(`${url}/health/ready`)
  return redis
}

async function totalOf(url: string): Promise<number> {
  const { meta } = await readJson(url)
  return meta.total
}

async function readJson(url: string): Promise<any> {
  const answer = await fetch(url)
  return answer.json()
}

/** Servers that Debian has. Where they were installed for these tests, a missing one is a fault. */
const required = (process.env.SERVERS_REQUIRED ?? '').split(',').filter(Boolean)

test('every server is there that was asked for', ({ assert }) => {
  assert.includeMembers(DEBIAN_SERVERS.filter(isInstalled), required as never[])
}).tags(['@sqlite'])

test.group('Two web processes on one database', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a commit reaches the streams of both, whichever database it is', async ({
    assert,
    cleanup,
  }) => {
    const nodes = await Promise.all([WebProcess.start(), WebProcess.start()])
    cleanup(() => nodes.forEach((node) => void node.stop()))
    const readers = await Promise.all(
      nodes.map(({ url }) => EventStreamReader.open(`${url}/api/v1/stream`))
    )
    const id = await storeLaunch()

    for (const reader of readers) {
      const [event] = await reader.next(1)
      assert.equal(JSON.parse(event!.data!).id, id)
      reader.close()
    }
  })
})

if (!isInstalled('redis-server')) {
  process.stdout.write('\nweb processes are not tried with Redis: it needs redis-server\n')
} else {
  test.group('Two web processes with one Redis', (group) => {
    let redis: RedisServer
    let one: WebProcess
    let other: WebProcess

    group.setup(async () => {
      redis = await RedisServer.start()
      const environment = { REDIS_URL: redis.url, API_RATE_LIMIT: '3' }
      ;[one, other] = await Promise.all([
        WebProcess.start(environment),
        WebProcess.start(environment),
      ])
      return async () => {
        await Promise.all([one.stop(), other.stop()])
        await redis.stop()
      }
    })
    group.each.setup(() => emptyDatabase())

    const untilShared = () =>
      until(async () => (await redisState(one)) === 'ok' && (await redisState(other)) === 'ok')

    test('a limit that is used up at one is used up at the other', async ({ assert }) => {
      await untilShared()
      const headers = await authorized()
      const ask = async ({ url }: WebProcess) => {
        const answer = await fetch(`${url}/api/v1/webhook/endpoints`, { headers })
        return [answer.status, answer.headers.get('ratelimit-remaining')]
      }

      assert.deepEqual(await ask(one), [200, '2'])
      assert.deepEqual(await ask(other), [200, '1'])
      assert.deepEqual(await ask(one), [200, '0'])
      assert.deepEqual(await ask(other), [429, '0'])
    })

    test('what one has read the other keeps too, until a commit makes it stale for both', async ({
      assert,
    }) => {
      await untilShared()
      const owner = someTronAddress()
      await storeFreeze(owner, 1)
      const path = `/api/stake/records?pool_account_id=${owner}`
      // With its first question each forgets what was kept before it was there.
      const someone = `/api/stake/records?pool_account_id=${someTronAddress()}`
      await readJson(one.url + someone)
      await readJson(other.url + someone)

      await assertSource(assert, one.url + path, 'database')
      await assertSource(assert, other.url + path, 'cache')

      await storeFreeze(owner, 2)
      for (const { url } of [one, other]) {
        await until(async () => (await totalOf(url + path)) === 2)
      }
    })

    test('while Redis is away each counts by itself, and is told by its health', async ({
      assert,
    }) => {
      await untilShared()
      const headers = await authorized()
      const ask = async ({ url }: WebProcess) => {
        const { status } = await fetch(`${url}/api/v1/webhook/endpoints`, { headers })
        return status
      }

      await redis.stop()
      await until(async () => (await redisState(one)) === 'unreachable')
      const path = `/api/stake/records?pool_account_id=${someTronAddress()}`
      await assertSource(assert, one.url + path, 'database')
      for (const node of [one, other]) {
        const statuses = [await ask(node), await ask(node), await ask(node), await ask(node)]
        assert.deepEqual(statuses, [200, 200, 200, 429])
      }

      await redis.start()
      await untilShared()
      redis.silence()
      await until(async () => (await redisState(one)) === 'unreachable')
      redis.wake()
      await untilShared()
      const statuses = [await ask(one), await ask(other), await ask(one), await ask(other)]
      assert.deepEqual(statuses, [200, 200, 200, 429])
    })
  })
}

function storeFreeze(owner: string, block: number) {
  return storeTronBlocks([tronBlock(block, [tronRecord({ kind: 'freeze', owner })])])
}

async function assertSource(assert: Assert, url: string, source: string) {
  const { meta } = await readJson(url)
  assert.equal(meta.source, source)
}

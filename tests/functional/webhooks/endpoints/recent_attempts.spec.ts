import {
  attempts,
  jobs,
  newPlanner,
  startSender,
  storeEndpoint,
  until,
} from '#tests/support/delivery'
import { test } from '@japa/runner'
import { recentAttempts } from '#webhooks/endpoints/recent_attempts'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

/** As many as are looked through. */
const BACKLOG = 500

async function untilTried(count: number) {
  await until(async () => {
    const all = await attempts()
    return all.length === count
  })
}

test.group('The newest attempts of endpoints', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are those of each, the oldest first', async ({ assert }) => {
    const receiver = await startReceiver((_, response, count) =>
      response.writeHead(count === 1 ? 500 : 204).end()
    )
    const endpoint = await storeEndpoint(receiver.url)
    const other = await storeEndpoint('https://192.88.98.1/hooks', { eventTypes: ['push.alert'] })
    await storeLaunch()
    startSender()
    await untilTried(2)

    const all = await recentAttempts([endpoint.id, other.id], 40)
    const newest = await recentAttempts([endpoint.id], 1)

    assert.deepEqual([...all.keys()], [endpoint.id])
    assert.deepEqual(
      all.get(endpoint.id)!.map(({ outcome }) => outcome),
      ['failed', 'accepted']
    )
    assert.deepEqual(
      newest.get(endpoint.id)!.map(({ outcome }) => outcome),
      ['accepted']
    )
  })

  test('are seen behind a backlog of what was never tried', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const endpoint = await storeEndpoint(receiver.url, { retrySchedule: [3_600_000] })
    await storeLaunch()
    const sender = startSender()
    await untilTried(1)
    await sender.stop()
    for (let count = 0; count < BACKLOG; count++) await storeLaunch()
    await newPlanner().plan()

    const seen = await recentAttempts([endpoint.id], 40)

    assert.lengthOf(await jobs(), BACKLOG + 1)
    assert.lengthOf(seen.get(endpoint.id)!, 1)
  })
})

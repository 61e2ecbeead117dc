import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import type { Delivery } from '#tests/support/receiver'

const EVENTS = 40
const BATCH = { batchSize: 20, concurrency: 1, retrySchedule: [1, 1] }

const tokenOf = (digit: string) => `0x${digit.repeat(40)}`
const BAD = tokenOf('b')

const isBad = ({ data }: { data: { token_address: string } }) => data.token_address === BAD

async function storeEvents() {
  for (let event = 0; event < EVENTS; event++) {
    await storeLaunch({ token_address: event === 7 ? BAD : tokenOf('a') })
  }
}

/** The ids of the events that a receiver accepted. */
function accepts(refuses: (delivery: Delivery) => number | null) {
  const accepted: string[] = []
  const answer = (delivery: Delivery, response: { writeHead(status: number): { end(): void } }) => {
    const status = refuses(delivery)
    if (status === null) accepted.push(...delivery.event.events.map(({ id }: Delivery) => id))
    response.writeHead(status ?? 204).end()
  }
  return { accepted, answer }
}

test.group('A batch that is refused for what is in it', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is halved, so that of {$self} only the bad event fails, and as often as its schedule says')
    .with([400, 422])
    .run(async ({ assert }, status) => {
      const { accepted, answer } = accepts(({ event }) =>
        event.events.some(isBad) ? status : null
      )
      const receiver = await startReceiver(answer)
      await storeEndpoint(receiver.url, BATCH)
      await storeEvents()

      startSender()
      await allJobsDone()

      assert.lengthOf(accepted, EVENTS - 1)
      assert.lengthOf(new Set(accepted), EVENTS - 1)
      const [failed, ...others] = await jobs({ status: 'failed' })
      assert.isEmpty(others)
      assert.equal(failed!.token_address, BAD)
      const tries = await attempts()
      assert.lengthOf(
        tries.filter(({ job_id: id }) => id === failed!.id),
        3
      )
      assert.lengthOf(tries, EVENTS - 1 + 3)
    })

  test('for its size is halved, and the next ones are as small', async ({ assert }) => {
    const limit = 4096
    let refused = 0
    const { accepted, answer } = accepts(({ body }) => {
      if (Buffer.byteLength(body) <= limit) return null
      refused++
      return 413
    })
    const receiver = await startReceiver(answer)
    await storeEndpoint(receiver.url, { ...BATCH, retrySchedule: [] })
    await storeEvents()

    startSender()
    await allJobsDone()

    assert.lengthOf(new Set(accepted), EVENTS)
    assert.lengthOf(accepted, EVENTS)
    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
    assert.isAtMost(refused, 4)
  })

  test('is halved in order where the order of a token is kept', async ({ assert }) => {
    const { accepted, answer } = accepts(({ event }) => (event.events.length > 3 ? 413 : null))
    const receiver = await startReceiver(answer)
    await storeEndpoint(receiver.url, { ...BATCH, ordering: 'fifo' })
    await storeEvents()

    startSender()
    await allJobsDone()

    const planned = await jobs({ token_address: tokenOf('a') })
    const ids = planned.map(({ event_id: id }) => id)
    assert.deepEqual(
      accepted.filter((id) => ids.includes(id)),
      ids
    )
  })
})

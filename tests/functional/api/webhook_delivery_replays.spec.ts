import { test } from '@japa/runner'
import NotificationJob from '#models/notification_job'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const PATH = '/api/v1/webhook/deliveries'

test.group('Sending deliveries again over HTTP', (group) => {
  group.each.setup(() => emptyDatabase())

  test('one that failed goes again under its id; one that arrived only when asked', async ({
    client,
    assert,
  }) => {
    let isDown = true
    const receiver = await startReceiver((_, response) => {
      response.writeHead(isDown ? 500 : 204).end()
    })
    await storeEndpoint(receiver.url, { retrySchedule: [] })
    await storeLaunch()
    startSender()
    await allJobsDone()
    const headers = await authorized()
    const [job] = await jobs()
    const id = Number(job!.id)
    const replay = (body: object) => client.post(`${PATH}/${id}/replay`).headers(headers).json(body)

    isDown = false
    const again = await replay({})
    again.assertStatus(200)
    again.assertBodyContains({ data: { id, is_replayed: true } })
    await receiver.received(2)
    await allJobsDone()
    assert.equal(receiver.ids.size, 1)

    const refused = await replay({})
    refused.assertStatus(409)
    assert.equal(refused.body().errors[0].code, 'already_sent')
    const asked = await replay({ again: true })
    asked.assertStatus(200)
    await receiver.received(3)
    assert.equal(receiver.ids.size, 1)
  })

  test('of several, each that can goes again, and the others say why not', async ({
    client,
    assert,
  }) => {
    const endpoint = await storeEndpoint('https://192.88.98.1/')
    const disabled = await storeEndpoint('https://192.88.98.2/', { state: 'disabled' })
    const job = async (columns: Partial<NotificationJob>) => {
      const common = {
        channel: 'webhook',
        targetId: endpoint.id,
        factType: 'launch' as const,
        factId: await storeLaunch(),
        eventType: 'launch.created',
        eventId: 'evt_1',
        nextAttemptAt: 0,
        createdAt: 0,
      }
      const { id } = await NotificationJob.create({ ...common, ...columns })
      return id
    }
    const failed = await job({ status: 'failed', attempts: 3 })
    const waiting = await job({ status: 'pending' })
    const sent = await job({ status: 'sent' })
    const removed = await job({ status: 'skipped', reason: 'event_removed' })
    const elsewhere = await job({ status: 'failed', targetId: disabled.id })

    const asked = { ids: [failed, waiting, sent, removed, elsewhere, 999_999] }
    const answer = await client
      .post(`${PATH}/replay`)
      .headers(await authorized())
      .json(asked)

    answer.assertStatus(200)
    const { replayed, left } = answer.body().data
    assert.deepEqual(replayed, [failed])
    assert.deepEqual(
      left.map((one: { id: number; code: string }) => [one.id, one.code]),
      [
        [waiting, 'on_its_way'],
        [sent, 'already_sent'],
        [removed, 'event_removed'],
        [elsewhere, 'endpoint_disabled'],
        [999_999, 'unknown_delivery'],
      ]
    )
  })
})

import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import type { PlannedChannel } from '#delivery/channel'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { deliveryStats } from '#webhooks/endpoints/delivery_stats'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, sentAs, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { startReceiver, verify } from '#tests/support/receiver'

const OVER_ONE_BNB = 'event_type == "trade.executed" && units(data.quote_amount) > 1.0'

test.group('Filters and templates of endpoints', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an endpoint gets what its filter wants; the rest is set aside and counted', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, { filter: OVER_ONE_BNB })
    const launch = await storeLaunch()
    await storeTrade({ quote_amount: '1000000000000000000' })
    const wanted = await storeTrade({ quote_amount: '1000000000000000001' })

    startSender()
    await allJobsDone()

    assert.deepEqual(
      receiver.deliveries.map(({ event }) => event.data.id),
      [wanted]
    )
    const skipped = await jobs({ status: 'skipped' })
    assert.deepEqual(
      skipped.map((job) => job.reason),
      ['filtered', 'filtered']
    )
    assert.deepEqual(await sentAs(launch), ['unwanted', false])
    const {
      endpoints: [stats],
    } = await deliveryStats()
    assert.containsSubset(stats, { id: endpoint.id, total_pushed: 1, left_out_count: 2 })
  })

  test('filters are evaluated between two transactions, and what comes meanwhile is planned next', async ({
    assert,
  }) => {
    const endpoint = await storeEndpoint('http://127.0.0.1:1', { filter: OVER_ONE_BNB })
    await storeTrade({ quote_amount: '2000000000000000000' })
    let passes = 0
    const subscribers: PlannedChannel['subscribers'] = async (trx) => {
      if (++passes === 2) {
        const first = await trx.from('trades').first()
        await trx
          .table('trades')
          .insert({ ...first, id: Number(first.id) + 1, log_index: 99, quote_amount: '3' })
      }
      return webhooks.subscribers(trx)
    }
    const planner = new Planner(systemClock, NEVER_EXPIRES, [{ ...webhooks, subscribers }])

    assert.equal(await planner.plan(), 1)
    assert.equal(passes, 2, 'asked in the first, answered in the second')
    assert.equal(await planner.plan(), 1)
    const planned = await jobs({ target_id: endpoint.id })
    assert.deepEqual(
      planned.map(({ reason }) => reason),
      [null, 'filtered']
    )
  })

  test('a filter that fails on an event leaves it out, and the others go on', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { filter: 'units(data.fee) >= 0' })
    const launch = await storeLaunch()
    await storeTrade()

    startSender()
    await allJobsDone()

    const [skipped] = await jobs({ status: 'skipped' })
    assert.containsSubset(skipped, { reason: 'filter_failed', detail: 'No such key: fee' })
    assert.lengthOf(receiver.deliveries, 1)
    assert.deepEqual(await sentAs(launch), ['failed', false])
    assert.containsSubset(await deliveryStats(), { unfit_count: 1, left_out_count: 0 })
  })

  test('a filter that would take too long is given up for each event, and other endpoints are told all', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const long = Array(40).fill('data.symbol').join('+')
    const filters = [
      `(${long}).lastIndexOf(${Array(20).fill('data.symbol').join('+')} + "b") > 0 || true`,
      `string(${Array(80).fill('decimal("9e-999")').join('*')}) != ""`,
    ]
    for (const filter of filters) {
      await storeEndpoint(`${receiver.url}/hostile`, { filter })
    }
    await storeEndpoint(`${receiver.url}/other`)
    await storeLaunch({ symbol: 'a'.repeat(128) })

    startSender()
    await allJobsDone()

    assert.lengthOf(receiver.deliveries, 1)
    const skipped = await jobs({ status: 'skipped' })
    assert.deepEqual(
      skipped.map((job) => `${job.reason}: ${job.detail}`),
      [
        'filter_failed: it takes too much work for this event: compare shorter texts, or fewer of them',
        'filter_failed: a number has more than 400 digits',
      ]
    )
    assert.containsSubset(await deliveryStats(), { unfit_count: 2 })
  })

  test('a template makes the payload, which is what is signed', async ({ assert }) => {
    const receiver = await startReceiver()
    const template =
      '{"text": data.side + " " + string(units(data.quote_amount)) + " BNB", "id": id}'
    await storeEndpoint(receiver.url, { template })
    await storeTrade({ quote_amount: '2500000000000000000' })

    startSender()
    await allJobsDone()

    const [delivery] = receiver.deliveries
    assert.deepEqual(JSON.parse(delivery!.body), { text: 'buy 2.5 BNB', id: delivery!.id })
    verify(delivery!)
  })

  test('of a batch only the events are set aside that the template fails on', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { batchSize: 10, template: '{"side": data.side}' })
    await storeLaunch()
    await storeTrade({ side: 'sell' })
    await storeTrade({ side: 'buy' })

    startSender()
    await allJobsDone()

    const sent = receiver.deliveries.flatMap(({ body }) => JSON.parse(body))
    assert.sameDeepMembers(sent, [{ side: 'sell' }, { side: 'buy' }])
    const [skipped] = await jobs({ status: 'skipped' })
    assert.containsSubset(skipped, { reason: 'template_failed', detail: 'No such key: side' })
    assert.containsSubset(await deliveryStats(), { unfit_count: 1, success_count: 2 })
  })
})

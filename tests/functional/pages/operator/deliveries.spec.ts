import { test } from '@japa/runner'
import LaunchEvent from '#models/launch_event'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { operator } from '#tests/support/operator'
import { startReceiver } from '#tests/support/receiver'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const HOSTILE = '<img src=x onerror=alert(1)>'

/** An endpoint that was sent a launch, which it refused, and a trade, which it accepted. */
async function sentEndpoint() {
  const receiver = await startReceiver(({ event }, response) =>
    response.writeHead(event.event_type === 'trade.executed' ? 204 : 500).end(HOSTILE)
  )
  const endpoint = await storeEndpoint(receiver.url)
  await storeLaunch({ token_address: TOKEN, name: '龙年大吉' })
  await storeTrade()
  const sender = startSender({ retry: { waits: [], maxRetries: 0 } })
  await allJobsDone()
  await sender.stop()
  return { receiver, url: `/operator/webhooks/${endpoint.id}` }
}

function untilSent(count: number) {
  return until(async () => {
    const sent = await jobs({ status: 'sent' })
    return sent.length === count
  })
}

const linesOf = (html: string) => html.match(/name="ids\[\]"/g)?.length ?? 0

test.group('Operator pages, deliveries', (group) => {
  group.each.setup(() => emptyDatabase())

  test('find by {$self}')
    .with(['state=failed', 'type=launch.created', `token=${TOKEN}`, 'state=failed&within=1h&type='])
    .run(async ({ assert }, search) => {
      const { url } = await sentEndpoint()
      const visitor = await operator()

      const all = await visitor.get(url)
      const found = await visitor.get(`${url}?${search}`)

      assert.equal(linesOf(all.text), 2)
      assert.equal(linesOf(found.text), 1)
      assert.include(found.text, '0x5c95…762b')
    })

  test('say when a search is not understood, or finds nothing', async ({ assert }) => {
    const { url } = await sentEndpoint()
    const visitor = await operator()

    const mistaken = await visitor.get(`${url}?token=0x12`)
    const nothing = await visitor.get(`${url}?state=held`)

    assert.include(mistaken.text, 'A token is 0x and 40 hexadecimal digits')
    assert.equal(linesOf(mistaken.text), 2)
    assert.include(nothing.text, 'No matching deliveries.')
  })

  test('go page by page, and each is the same search', async ({ assert }) => {
    const { url } = await sentEndpoint()
    for (let count = 0; count < 30; count++) await storeTrade()
    startSender()
    await untilSent(31)
    const visitor = await operator()

    const first = await visitor.get(`${url}?type=trade.executed`)
    const next = /href="([^"]+)" rel="next"/.exec(first.text)![1]!.replaceAll('&amp;', '&')
    const second = await visitor.get(next)

    assert.equal(linesOf(first.text), 25)
    assert.equal(linesOf(second.text), 6)
  })

  test('tell of each try in words, a hostile answer and the payload as mere text', async ({
    assert,
  }) => {
    const { url } = await sentEndpoint()
    const [launch] = await jobs({ status: 'failed' })
    const visitor = await operator('zh-CN')

    const { text } = await visitor.get(`${url}/deliveries/${launch!.id}`)

    assert.include(text, '接收方返回了非 2xx 状态码')
    assert.include(text, '(500)')
    assert.include(text, '&lt;img src=x onerror=alert(1)&gt;')
    assert.notInclude(text, HOSTILE)
    assert.include(text, '&quot;name&quot;: &quot;龙年大吉&quot;')
    assert.include(text, launch!.event_id)
  })

  test('send one again that was accepted, under the id it had', async ({ assert }) => {
    const { receiver, url } = await sentEndpoint()
    const [trade] = await jobs({ status: 'sent' })
    const visitor = await operator()

    const answer = await visitor.post(`${url}/deliveries/${trade!.id}/replay`)
    const page = await visitor.get(answer.location!)
    startSender()
    await allJobsDone()

    assert.include(page.text, 'The delivery goes again, under the same id.')
    assert.lengthOf(
      receiver.deliveries.filter(({ id }) => id === trade!.event_id),
      2
    )
  })

  test('send those again that were ticked, and say why not the others', async ({ assert }) => {
    const { url } = await sentEndpoint()
    const planned = await jobs()
    const ids = planned.map(({ id }) => String(id))
    const visitor = await operator()

    await visitor.post(`${url}/deliveries/replay`, { 'ids[]': ids })
    const page = await visitor.get(url)
    await visitor.post(`${url}/deliveries/replay`)
    const unticked = await visitor.get(url)

    const after = await jobs()
    assert.sameMembers(
      after.map(({ status }) => status),
      ['pending', 'sent']
    )
    assert.include(page.text, '1 go again. 1 do not: they were accepted.')
    assert.include(unticked.text, 'No delivery was ticked.')
  })

  test('say when what a delivery told of is gone', async ({ assert }) => {
    const { url } = await sentEndpoint()
    const [launch] = await jobs({ status: 'failed' })
    await LaunchEvent.query().delete()
    const visitor = await operator()

    const { text } = await visitor.get(`${url}/deliveries/${launch!.id}`)

    assert.include(text, 'The event is no longer stored.')
  })
})

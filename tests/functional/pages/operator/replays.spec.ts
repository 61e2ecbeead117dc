import { test } from '@japa/runner'
import Replay from '#models/replay'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { operator } from '#tests/support/operator'

const UNUSED = 'https://192.88.98.1/hooks'

test.group('Operator pages, replays', (group) => {
  group.each.setup(() => emptyDatabase())

  test('begin at a rate, show how far they are, and are cancelled', async ({ assert }) => {
    const { id } = await storeEndpoint(UNUSED)
    const visitor = await operator()
    const url = `/operator/webhooks/${id}`

    await visitor.post(`${url}/replays`, { kind: 'history', within: '24h', rate: '5' })
    const replay = await Replay.firstOrFail()
    await replay.merge({ added: 7, reachedAt: (replay.since + replay.until) / 2 }).save()
    const running = await visitor.get(url)
    await visitor.post(`${url}/replays/${replay.id}/cancel`)
    const cancelled = await visitor.get(url)

    assert.equal(replay.kind, 'history')
    assert.equal(replay.ratePerSecond, 5)
    assert.closeTo(replay.until - replay.since, 86_400_000, 1000)
    assert.include(running.text, '<progress class="curve my-1" max="100" value="50"')
    assert.include(running.text, '7 for the first time, 0 once more')
    assert.include(cancelled.text, 'The replay is cancelled.')
    assert.notInclude(cancelled.text, '<progress')
  })

  test('everything since the beginning, as fast as it is taken', async ({ assert }) => {
    const { id } = await storeEndpoint(UNUSED)
    const visitor = await operator()

    const wish = { kind: 'failed', within: 'all', rate: '', again: '1' }
    await visitor.post(`/operator/webhooks/${id}/replays`, wish)

    const replay = await Replay.firstOrFail()
    assert.equal(replay.since, 0)
    assert.isNull(replay.ratePerSecond)
    assert.isTrue(replay.again)
  })

  test('do not begin for an endpoint that is disabled, or at no rate at all', async ({
    assert,
  }) => {
    const { id } = await storeEndpoint(UNUSED, { state: 'disabled' })
    const visitor = await operator()
    const url = `/operator/webhooks/${id}`

    await visitor.post(`${url}/replays`, { kind: 'failed', within: '1h' })
    const disabled = await visitor.get(url)
    await visitor.post(`${url}/replays`, { kind: 'failed', within: '1h', rate: '-1' })
    const rateless = await visitor.get(url)

    assert.include(disabled.text, 'The endpoint is disabled. Enable it first')
    assert.include(rateless.text, 'A rate is a whole number')
    assert.lengthOf(await Replay.all(), 0)
  })
})

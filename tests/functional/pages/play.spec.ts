import { test } from '@japa/runner'
import PlayRequest from '#models/play_request'
import User from '#models/user'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { Visitor } from '#tests/support/visitor'

/** A user with a receiver of ours. */
async function openReceiver() {
  const visitor = new Visitor()
  await visitor.logIn()
  const { location } = await visitor.post('/play')
  return { visitor, page: location! }
}

const send = (page: string, body: string) =>
  fetch(appUrl(page), { method: 'POST', body, headers: { 'content-type': 'text/plain' } })

test.group('Receivers of our own, to try endpoints at', (group) => {
  group.each.setup(() => emptyDatabase())

  test('show what an endpoint is sent, and that its signature is right', async ({ assert }) => {
    const { visitor, page } = await openReceiver()
    const { id: ownerId } = await User.firstOrFail()
    await givePro(ownerId)
    await storeEndpoint(appUrl(page), { ownerId })
    await storeLaunch({ name: '<b>龙年大吉</b>' })
    startSender()
    await allJobsDone()
    await send(page, 'not from us\u202E')

    const { text } = await visitor.get(page)

    assert.include(text, 'launch.created')
    assert.include(text, 'signature right')
    assert.notInclude(text, '@!')
    assert.include(text, '&lt;b&gt;龙年大吉&lt;/b&gt;')
    assert.include(text, 'headers missing')
    assert.include(text, 'not from us\uFFFD')
    assert.include(text, 'webhook-signature: v1,')
  })

  test('answer as they are set, and keep the newest fifty of an hour', async ({ assert }) => {
    const { visitor, page } = await openReceiver()
    await visitor.post(`${page}/answer`, { status: '429' })
    const told = await send(page, '{}')
    await visitor.post(`${page}/answer`, { status: '999' })
    const still = await send(page, 'x\0y')
    await PlayRequest.query().update({ received_at: Date.now() - 2 * 3_600_000 })
    await visitor.post(`${page}/answer`, { status: '204' })
    for (let count = 0; count < 51; count++) await send(page, String(count))

    const kept = await PlayRequest.query().orderBy('id')
    assert.deepEqual([told.status, told.headers.get('retry-after')], [429, '5'])
    assert.equal(still.status, 429)
    assert.lengthOf(kept, 50)
    assert.equal(kept[0]!.body, '1')
  })

  test('are their owner’s alone to look at, and unknown to those who guess', async ({ assert }) => {
    const { page } = await openReceiver()
    const stranger = new Visitor()
    await stranger.logIn()

    const seen = await stranger.get(page)
    const set = await stranger.post(`${page}/answer`, { status: '500' })
    const guessed = await send('/play/0123456789abcdef0123456789abcdef', '{}')
    const large = await send(page, 'x'.repeat(300_000))

    assert.deepEqual([seen.status, set.status, guessed.status, large.status], [404, 404, 404, 413])
    assert.lengthOf(await PlayRequest.all(), 0)
  })

  test('are three of a user: a fourth takes the place of the oldest', async ({ assert }) => {
    const { visitor, page } = await openReceiver()
    await send(page, '{}')
    for (let count = 0; count < 3; count++) await visitor.post('/play')

    const { status } = await visitor.get(page)
    assert.equal(status, 404)
    assert.lengthOf(await PlayRequest.all(), 0)
  })
})

import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import User from '#models/user'
import WebPushSubscription from '#models/web_push_subscription'
import { watch } from '#chat/preferences/watches'
import { changePreferences } from '#chat/preferences/preferences'
import {
  addBrowser,
  browsersOf,
  removeBrowser,
  retireOthersThan,
} from '#web_push/subscriptions/browsers'
import { startChannel } from '#tests/support/channel_conformance'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, until } from '#tests/support/delivery'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { pushStand } from '#tests/support/web_push'

/** A name that is longer than all else of a notification, and acts where it can. */
const HOSTILE = `<b>"'\u202e${'🚀'.repeat(200)}`

const news = (columns: object = {}) => storeLaunch({ event_time: systemClock.now(), ...columns })

test.group('Pushes to browsers', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are read by the browser alone, with title, text and the page of the token', async ({
    assert,
  }) => {
    const { service, channel, add } = await pushStand()
    await add()
    const token = someAddress()
    await news({ symbol: 'MINE', token_address: token })
    await startChannel(channel)
    await allJobsDone()

    const [message] = service.messages
    const { title, body, url, tag } = JSON.parse(message!.text)
    assert.match(`${title}\n${body}`, /MINE/)
    assert.equal(url, `/tokens/${token}`)
    assert.equal(message!.topic, tag)
    assert.isAtMost(message!.ttl, 3600)
    assert.deepEqual(service.refusals, [])
  })

  test('tell what is watched whatever the switches say', async ({ assert }) => {
    const { service, channel, add } = await pushStand()
    const { userId } = await add()
    await changePreferences(userId, () => ({ switches: { 'four.created': false } }), systemClock)
    await watch(userId, 'frog', systemClock)
    await news({ symbol: 'OTHER' })
    await news({ symbol: 'FROG' })
    await startChannel(channel)
    await allJobsDone()

    assert.lengthOf(service.messages, 1)
    assert.include(service.messages[0]!.text, 'FROG')
  })

  test('of many events are one notification, which fits whatever names are', async ({ assert }) => {
    const { service, channel, add } = await pushStand()
    await add()
    for (let at = 0; at < 50; at++) await news({ symbol: HOSTILE, name: HOSTILE })
    await startChannel(channel)
    await allJobsDone()

    assert.isAtMost(service.messages.length, 2)
    assert.isTrue(service.messages.every(({ text }) => Buffer.byteLength(text) <= 3993))
    assert.notInclude(service.messages.at(-1)!.text, '\u202e')
    assert.lengthOf(await jobs({ status: 'sent' }), 50)
  })

  test('wait as long as the push service asks for, which is no try at them', async ({ assert }) => {
    const { service, channel, add } = await pushStand()
    const { id } = await add()
    service.fault = { status: 429, headers: { 'retry-after': '600' } }
    await news()
    const { stop } = await startChannel(channel)
    const pausedUntil = async () => {
      const browser = await WebPushSubscription.findOrFail(id)
      return browser.pausedUntil
    }
    await until(async () => (await pausedUntil()) > 0)
    await stop()

    assert.closeTo((await pausedUntil()) - systemClock.now(), 600_000, 60_000)
    assert.isEmpty(service.messages)
    const [job] = await jobs()
    assert.equal(job!.attempts, 0)
  })

  test('to a browser that is gone end, and its user is told elsewhere', async ({ assert }) => {
    const { service, channel, add } = await pushStand()
    const { userId, endpoint } = await add()
    service.forget(endpoint)
    await news()
    await startChannel(channel)
    await allJobsDone()

    await until(async () => {
      const browsers = await browsersOf(userId)
      return browsers.length === 0
    })
    const [alert] = await db.from('push_alerts')
    assert.containsSubset(alert, { kind: 'binding.expired', channel: 'web_push' })
    assert.equal(Number(alert.owner_id), userId)
  })
})

test.group('Browsers that are told', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  const storeUser = () => User.create({ walletAddress: someAddress(), createdAt: 0, updatedAt: 0 })

  /** Ten and one more, each later than the one before. */
  test('are ten of a user at most, the newest ones', async ({ assert }) => {
    const { service, key } = await pushStand()
    const { id: userId } = await storeUser()
    for (let at = 0; at < 11; at++) {
      const { endpoint, keys } = service.subscribe(key.publicKey)
      const subscription = { endpoint, ...keys }
      const names = { browser: `${at}`, system: null }
      const asked = { userId, subscription, serverKey: key.publicKey, ...names }
      await addBrowser(asked, [service.host], systemClock)
      await addBrowser(asked, [service.host], systemClock)
    }
    const browsers = await browsersOf(userId)
    assert.deepEqual(
      browsers.map(({ browser }) => browser),
      ['10', '9', '8', '7', '6', '5', '4', '3', '2', '1']
    )
  })

  test('are of the user who subscribed last, and can be ended by no other', async ({ assert }) => {
    const { service, key } = await pushStand()
    const [one, other] = [await storeUser(), await storeUser()]
    const { endpoint, keys } = service.subscribe(key.publicKey)
    const names = { browser: null, system: null }
    for (const { id: userId } of [one, other]) {
      const subscription = { endpoint, ...keys }
      const asked = { userId, subscription, serverKey: key.publicKey, ...names }
      await addBrowser(asked, [service.host], systemClock)
    }
    assert.isEmpty(await browsersOf(one.id))
    const [browser] = await browsersOf(other.id)

    assert.isFalse(await removeBrowser(one.id, { id: browser!.id }, systemClock))
    assert.isFalse(await removeBrowser(one.id, { endpoint }, systemClock))
    assert.isTrue(await removeBrowser(other.id, { endpoint }, systemClock))
    assert.isEmpty(await browsersOf(other.id))
  })

  test('end when this installation has another key', async ({ assert }) => {
    const { add } = await pushStand()
    const { userId } = await add()
    await retireOthersThan('another', systemClock)
    assert.isEmpty(await browsersOf(userId))
  })

  test('cannot be told where their push service is not known', async ({ assert }) => {
    const { service, key } = await pushStand()
    const { id: userId } = await storeUser()
    const { endpoint, keys } = service.subscribe(key.publicKey)
    const subscription = { endpoint, ...keys }
    const asked = { userId, subscription, serverKey: key.publicKey, browser: null, system: null }
    await assert.rejects(() => addBrowser(asked, [], systemClock), /push service .* not known/)
    const broken = { ...asked, subscription: { ...subscription, p256dh: keys.auth } }
    await assert.rejects(() => addBrowser(broken, [service.host], systemClock), /keys/)
  })

  test('keep their endpoint and secret sealed', async ({ assert }) => {
    const { add } = await pushStand()
    const { endpoint, auth } = await add()
    const [row] = await db.from('web_push_subscriptions')
    assert.notInclude(JSON.stringify(row), endpoint.slice(-20))
    assert.notInclude(JSON.stringify(row), auth)
  })
})

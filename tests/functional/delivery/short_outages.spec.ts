import type { ServerResponse } from 'node:http'
import { test } from '@japa/runner'
import webhooksConfig from '#config/webhooks'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { storeWallets } from '#collectors/ocr/store_wallets'
import { toWalletRecord } from '#validators/ocr_wallets'
import { emptyDatabase } from '#tests/support/database'
import { jobs, startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeTrade } from '#tests/support/facts'
import { JumpingClock } from '#tests/support/jumping_clock'
import { startReceiver, type Delivery } from '#tests/support/receiver'
import { someWallet } from '#tests/support/wallets'

const AWAY_MS = 20_000
const LIFE_MS = 300_000
const { retry, pause, expiry } = webhooksConfig

/** How receivers are when they are away. */
const OUTAGES: Record<string, (response: ServerResponse) => void> = {
  'closes every connection': (response) => response.socket!.destroy(),
  'answers 503, which pauses its lane': (response) => response.writeHead(503).end(),
  'answers 503 with a Retry-After of 5 s': (response) =>
    response.writeHead(503, { 'retry-after': '5' }).end(),
  'answers 500': (response) => response.writeHead(500).end(),
}

test.group('Short outages of receivers', (group) => {
  group.each.setup(() => emptyDatabase())

  /** Sends with the settings of the house, by a clock that is set to each next try. */
  async function startedSender(
    answer: (request: Delivery, response: ServerResponse) => void,
    columns: Partial<WebhookEndpoint> = {}
  ) {
    const clock = new JumpingClock()
    const receiver = await startReceiver(answer)
    await storeEndpoint(receiver.url, columns)
    startSender({ retry, pause, expiry, pollMs: 20 }, { clock })
    return { clock, receiver }
  }

  function storeRecord(clock: JumpingClock) {
    const wallet = someWallet({ create_time: Math.floor(clock.now() / 1000) })
    const records = [toWalletRecord(wallet, { ip: '127.0.0.1', at: clock.now() })]
    return storeWallets(records, { queueLimit: 10, expiryMs: LIFE_MS }, clock)
  }

  /** Lets time pass up to each next try, and in small steps through a pause, until the job is over. */
  async function ended(clock: JumpingClock) {
    await until(async () => {
      const [job] = await jobs()
      if (job?.status === 'pending') {
        clock.jump(Math.max(100, Number(job.next_attempt_at) - clock.now()))
      }
      return job !== undefined && !['pending', 'sending'].includes(job.status)
    })
    const [job] = await jobs()
    return job!
  }

  for (const [what, answer] of Object.entries(OUTAGES)) {
    test(`an OCR record reaches a receiver that ${what} for 20 s`, async ({ assert }) => {
      let backAt = Infinity
      const { clock, receiver } = await startedSender((_, response) => {
        if (clock.now() < backAt) {
          answer(response)
        } else {
          response.writeHead(204).end()
        }
      })
      backAt = clock.now() + AWAY_MS
      await storeRecord(clock)

      const job = await ended(clock)
      assert.equal(job.status, 'sent')
      assert.isBelow(Number(job.sent_at) - backAt, 60_000, 'by the clock that is set')
      assert.isAtLeast(receiver.deliveries.length, 3)
    })
  }

  test('one that is away for longer than a record lives costs the record, which ends when its life does', async ({
    assert,
  }) => {
    const { clock, receiver } = await startedSender((_, response) => response.writeHead(500).end())
    await storeRecord(clock)

    const job = await ended(clock)
    assert.equal(job.status, 'expired')
    assert.equal(Number(job.next_attempt_at), Number(job.expires_at))
    assert.isAtLeast(receiver.deliveries.length, 10)
  })

  test('a record ends when its life does, though the receiver asks to wait for longer', async ({
    assert,
  }) => {
    const { clock, receiver } = await startedSender((_, response) =>
      response.writeHead(500, { 'retry-after': '86400' }).end()
    )
    await storeRecord(clock)

    const job = await ended(clock)
    assert.equal(job.status, 'expired')
    assert.equal(Number(job.next_attempt_at), Number(job.expires_at))
    assert.lengthOf(receiver.deliveries, 1)
  })

  test('what expires because its endpoint says so is tried again within its life, too', async ({
    assert,
  }) => {
    const { clock, receiver } = await startedSender(
      (_, response) => response.writeHead(receiver.deliveries.length < 4 ? 500 : 204).end(),
      { expiryMs: 60_000 }
    )
    await storeTrade({ event_time: clock.now() })

    assert.containsSubset(await ended(clock), { status: 'sent', attempts: 4 })
  })

  test('an endpoint with a schedule of its own keeps to it', async ({ assert }) => {
    const { clock, receiver } = await startedSender(
      (_, response) => response.writeHead(500).end(),
      {
        retrySchedule: [1000],
      }
    )
    await storeRecord(clock)

    assert.containsSubset(await ended(clock), { status: 'failed' })
    assert.lengthOf(receiver.deliveries, 2)
  })
})

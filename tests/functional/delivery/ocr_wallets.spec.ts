import type { ServerResponse } from 'node:http'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import webhooksConfig from '#config/webhooks'
import OcrWallet from '#models/ocr_wallet'
import { systemClock } from '#foundation/clock'
import { storeWallets } from '#collectors/ocr/store_wallets'
import { toWalletRecord } from '#validators/ocr_wallets'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import {
  allJobsDone,
  attempts,
  jobs,
  startSender,
  storeEndpoint,
  until,
} from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver, verify } from '#tests/support/receiver'
import { someWallet } from '#tests/support/wallets'

const NOWHERE = { ip: '127.0.0.1', at: 0 }
const LIMITS = { queueLimit: 1000, expiryMs: 300_000 }

function store(...wallets: ReturnType<typeof someWallet>[]) {
  return storeWithin(LIMITS.queueLimit, ...wallets)
}

function storeWithin(queueLimit: number, ...wallets: ReturnType<typeof someWallet>[]) {
  const records = wallets.map((wallet) => toWalletRecord(wallet, NOWHERE))
  return storeWallets(records, { ...LIMITS, queueLimit }, systemClock)
}

async function tried(count: number) {
  const tries = await attempts()
  return tries.length === count
}

test.group('Sending OCR wallet records', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a receiver gets the message that the service before us has always sent', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { eventTypes: ['ocr_wallet_data'] })
    const wallet = someWallet({ pic_url: null })
    startSender()

    const { rows } = await store(wallet)
    await receiver.received(1)

    const [delivery] = receiver.deliveries
    verify(delivery!)
    const { timestamp, metadata, ...rest } = delivery!.event as any
    assert.deepEqual(rest, {
      event_type: 'ocr_wallet_data',
      version: '1.0',
      source: 'ocr_wallet_service',
      data: { id: Number(rows[0]!.id), ...wallet },
    })
    assert.deepEqual(Object.keys(metadata), ['data_age_seconds', 'push_source'])
    assert.isBelow(metadata.data_age_seconds, 60)
    assert.equal(metadata.push_source, 'wx-msg-chat')
    assert.closeTo(timestamp, wallet.create_time, 60)
    assert.match(delivery!.id, /^evt_[0-9a-f]{32}$/)
  })

  test('in a batch each record has its id, by which it is known again', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { batchSize: 10 })
    await store(someWallet(), someWallet())

    startSender()
    await receiver.received(1)

    const planned = await jobs()
    const ids = receiver.deliveries[0]!.event.events.map(({ id }: { id: string }) => id)
    assert.deepEqual(
      ids,
      planned.map((job) => job.event_id)
    )
  })

  test('records are about people: no user gets them, whatever an endpoint asks for', async ({
    assert,
  }) => {
    const user = await storeUser('0x5c952063c7fc8610ffdb798152d69f0b9550762b')
    await storeEndpoint('http://127.0.0.1:9/', {
      ownerId: user.id,
      eventTypes: ['ocr_wallet_data'],
    })
    const { rows } = await store(someWallet())

    startSender()
    await until(async () => {
      const wallet = await OcrWallet.findOrFail(Number(rows[0]!.id))
      return wallet.plannedAt !== null
    })

    assert.isEmpty(await jobs())
  })

  test('a receiver gets only so many records at once, and meanwhile all else', async ({
    assert,
  }) => {
    const held: ServerResponse[] = []
    let isOpen = false
    const receiver = await startReceiver(({ event }, response) => {
      if (event.event_type === 'ocr_wallet_data' && !isOpen) {
        held.push(response)
      } else {
        response.writeHead(204).end()
      }
    })
    await storeEndpoint(receiver.url, { concurrency: 4 })
    await store(...Array.from({ length: 50 }, () => someWallet()))

    startSender({ caps: { ocr_wallet_data: 2 } })
    await receiver.received(2)
    await Promise.all(Array.from({ length: 10 }, () => storeLaunch()))
    await receiver.received(12)
    assert.lengthOf(held, 2)

    isOpen = true
    held.forEach((response) => response.writeHead(204).end())
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'sent' }), 60)
  })

  test('what waits for the only receiver fills the queue', async ({ assert }) => {
    const slow = await startReceiver(() => {})
    await storeEndpoint(slow.url, { concurrency: 1 })
    startSender()
    await store(someWallet(), someWallet())
    await slow.received(1)

    const third = storeWithin(2, someWallet())

    await assert.rejects(() => third, /of at most 2 records, 2 wait to be sent/)
    await slow.stop()
  })

  test('a receiver that hangs fills no queue while another keeps up', async ({ assert }) => {
    const slow = await startReceiver(() => {})
    const quick = await startReceiver()
    await storeEndpoint(slow.url, { concurrency: 1 })
    await storeEndpoint(quick.url)
    startSender()
    await store(someWallet(), someWallet())
    await until(() => tried(2))

    const { stored } = await storeWithin(2, someWallet(), someWallet())

    assert.equal(stored, 2)
    await slow.stop()
  })

  test('a row that another program writes in seconds is refused by the table', async ({
    assert,
  }) => {
    const { create_time: seconds, ...wallet } = someWallet()
    const row = { ...wallet, serial_no: '1', created_at: Date.now(), pic_url: null }

    await assert.rejects(
      () => db.table('ocr_wallet_info').insert({ ...row, create_time: seconds }),
      /milliseconds/
    )
    await db.table('ocr_wallet_info').insert({ ...row, create_time: seconds * 1000 })
    await assert.rejects(
      () => db.from('ocr_wallet_info').update({ create_time: seconds }),
      /milliseconds/
    )
  })

  test('a record of five minutes ago is not sent any more', async ({ assert }) => {
    await storeEndpoint('http://127.0.0.1:9/')
    const now = Math.floor(Date.now() / 1000)
    await store(someWallet({ create_time: now - 301 }))

    startSender({ expiry: webhooksConfig.expiry })
    await allJobsDone()

    const [job] = await jobs()
    assert.equal(job!.status, 'expired')
    assert.equal(job!.attempts, 0)
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import { ServerFactory } from '@adonisjs/core/factories/http'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { pruneFacts } from '#collectors/store/prune_facts'
import { storeReading } from '#collectors/store/fact_store'
import { retractAfter } from '#collectors/store/retract'
import { blockIndex, chainFactColumns, factIndexes, outboxColumns } from '#database/fact_columns'
import { checkFilter } from '#delivery/expressions/checked'
import { address, choice, hash, id, nullable, source, text, wide } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { chainColumns, onChain, storedRows } from '#facts/on_chain'
import { allFactKinds, registerFact } from '#facts/registry'
import { factRetention } from '#facts/retention'
import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { apiDocument } from '#openapi/document'
import { factListRoutes } from '#start/routes/fact_lists'
import type { Reading } from '#sources/read_logs'
import { knownPatterns } from '#webhooks/endpoints/event_types'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { jobs, newPlanner, startSender, storeEndpoint } from '#tests/support/delivery'
import { EventStreamReader } from '#tests/support/event_stream'
import { someAddress, someHash } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR_MS = 3_600_000

interface BeaconFact {
  type: 'beacon'
  state: 'lit' | 'out'
  token: string
  height: number
  note?: string
}

const columns = {
  id: id(),
  source: source(),
  state: choice(['lit', 'out']),
  token_address: address(),
  height: wide(),
  note: nullable(text()),
  tx_hash: hash(),
  ...chainColumns,
}

/** A kind of fact that there is not, defined as the others are. */
const beacon = defineFact({
  type: 'beacon',
  table: 'beacons',
  columns,
  ...onChain('tx_hash'),
  events: { column: 'state', type: (state) => `beacon.${state}` },
  list: {
    path: 'beacons',
    summary: 'Beacons that match, newest first',
    title: 'Beacon',
    filters: ['state', 'height'],
    indexes: [{ column: 'token_address' }],
  },
  stream: { letter: 'b', isPublic: true },
  kept: { ms: HOUR_MS },
  rows: storedRows(columns, {}, (fact: BeaconFact, log) => ({
    state: fact.state,
    token_address: fact.token,
    height: fact.height,
    note: fact.note,
    tx_hash: log.transactionHash,
  })),
})

async function createTable() {
  await db.connection().schema.createTable(beacon.table, (table) => {
    chainFactColumns(table)
    table.string('state', 4).notNullable()
    table.string('token_address', 42).notNullable()
    table.bigInteger('height').notNullable()
    table.text('note').nullable()
    table.string('tx_hash', 66).notNullable()
    outboxColumns(table)
  })
  for (const index of factIndexes(beacon.table, ['chain_id', 'block_number', 'log_index'])) {
    await db.rawQuery(index)
  }
  await db.rawQuery(blockIndex(beacon.table))
}

/** Stores a beacon as a scanner would that read it in a log of this block. */
async function storeBeacon(fact: Partial<BeaconFact> = {}, blockNumber = 70_000_000) {
  const log = {
    address: someAddress() as `0x${string}`,
    topics: [],
    data: '0x' as const,
    blockNumber,
    blockHash: someHash(),
    blockTime: systemClock.now(),
    transactionHash: someHash(),
    logIndex: 0,
  }
  const read = { type: 'beacon', state: 'lit', token: someAddress(), height: 7, ...fact }
  const reading = { facts: [{ source: 'four', fact: read, log }], undecodable: [] }
  const { id: newest } = await writeTransaction(async (trx) => {
    await storeReading(trx, 56, reading as unknown as Reading, systemClock.now())
    return trx.from(beacon.table).max('id as id').first()
  })
  return Number(newest)
}

/** A server with the routes of the lists, made while the kind is there. */
async function startLists(cleanup: (callback: () => Promise<void>) => void) {
  const server = new ServerFactory().merge({ app }).create()
  server.errorHandler(() => import('#exceptions/handler'))
  factListRoutes(server.getRouter() as never)
  await server.boot()
  const listening = createServer(server.handle.bind(server))
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  cleanup(async () => void listening.close())
  const { port } = listening.address() as AddressInfo
  return async (query: string): Promise<Record<string, unknown>[]> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/beacons${query}`)
    const { data } = (await response.json()) as { data: Record<string, unknown>[] }
    return data
  }
}

test.group('A made-up kind of fact', (group) => {
  group.setup(async () => {
    await createTable()
    const takeOut = registerFact(beacon)
    return async () => {
      takeOut()
      await db.connection().schema.dropTable(beacon.table)
    }
  })
  group.each.setup(async () => {
    await emptyDatabase()
    await db.from(beacon.table).delete()
  })

  test('is planned and pushed to those who ask for its events', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { eventTypes: knownPatterns(['beacon.*']) })
    await storeEndpoint(receiver.url, { eventTypes: knownPatterns(['beacon.out']) })

    const stored = await storeBeacon({ note: 'on the hill' })
    startSender()
    await receiver.received(1)
    const [delivery] = receiver.deliveries

    assert.equal(delivery!.event.event_type, 'beacon.lit')
    assert.deepEqual(Object.keys(delivery!.event.data), [...beacon.columns])
    assert.containsSubset(delivery!.event.data, { id: stored, height: 7, note: 'on the hill' })
  })

  test('is taken back by a reorg, and whoever was told hears of it', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    await storeBeacon({}, 100)
    startSender()
    await receiver.received(1)

    await writeTransaction((trx) => retractAfter(trx, 56, 99, systemClock.now()))
    await receiver.received(2)
    const [, removal] = receiver.deliveries

    assert.equal(removal!.event.event_type, 'beacon.lit.removed')
    assert.isNumber(removal!.event.data.removed_at)
  })

  test('is in the description of the API, as a list and as events', ({ assert }) => {
    const document = apiDocument('1')

    const { operationId, parameters } = document.paths['/api/v1/beacons'].get
    assert.equal(operationId, 'list_beacons')
    const names = parameters.map(({ name }: { name: string }) => name)
    assert.includeMembers(names, ['source', 'token_address', 'state', 'height', 'since', 'cursor'])
    const told = document.webhooks['beacon.lit']!.post.requestBody.content['application/json']
    assert.deepEqual(Object.keys(told.schema.properties.data.properties), [...beacon.columns])
    assert.include(Object.keys(document.webhooks), 'beacon.out.removed')
  })

  test('has a list that its columns filter', async ({ assert, cleanup }) => {
    const list = await startLists(cleanup)
    const token = someAddress()
    const out = await storeBeacon({ state: 'out', token }, 100)
    const lit = await storeBeacon({ height: 9 }, 200)

    const ids = async (query: string) => {
      const beacons = await list(query)
      return beacons.map(({ id: found }) => found)
    }
    assert.deepEqual(await ids(''), [lit, out])
    assert.deepEqual(await ids('?state=out'), [out])
    assert.deepEqual(await ids(`?token_address=${token}`), [out])
    assert.deepEqual(await ids('?height=9&from_block=150'), [lit])
    const [newest] = await list('')
    assert.deepEqual(Object.keys(newest!), [...beacon.columns])
  })

  test('comes on the stream, and its position goes on behind it', async ({ assert, cleanup }) => {
    const reader = await EventStreamReader.open(appUrl('/api/v1/stream'))
    cleanup(() => reader.close())

    const first = await storeBeacon()
    const [event] = await reader.next(1)
    const second = await storeBeacon({ state: 'out' }, 70_000_001)
    const resumed = await EventStreamReader.open(appUrl('/api/v1/stream'), {
      'last-event-id': event!.id!,
    })
    cleanup(() => resumed.close())
    const [next] = await resumed.next(1)

    assert.equal(event!.event, 'beacon.lit')
    assert.match(event!.id!, new RegExp(`^l\\d+\\.t\\d+\\.b${first}$`))
    assert.equal(next!.event, 'beacon.out')
    assert.equal(JSON.parse(next!.data!).id, second)
  })

  test('has fields that filters of endpoints may read', async ({ assert }) => {
    const filter = 'data.height > 8'
    assert.doesNotThrow(() => checkFilter(filter))
    assert.throws(() => checkFilter('data.heigth > 8'), /did you mean height/)
    await storeEndpoint('https://example.com', { filter })

    await storeBeacon({ height: 9 })
    await storeBeacon({ height: 8 }, 70_000_001)
    await newPlanner().plan()

    const planned = await jobs({ fact_type: 'beacon' })
    assert.deepEqual(
      planned.map(({ status }) => status),
      ['pending', 'skipped']
    )
  })

  test('is kept as long as it says', async ({ assert }) => {
    await storeBeacon()
    const kept = factRetention(allFactKinds(), {})
    const clock = new SettableClock(systemClock.now())

    clock.pass(HOUR_MS / 2)
    assert.equal(await pruneFacts(56, { beacons: kept.beacons! }, clock), 0)
    clock.pass(HOUR_MS)
    assert.equal(await pruneFacts(56, { beacons: kept.beacons! }, clock), 1)
  })
})

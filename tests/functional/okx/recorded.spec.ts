import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { findHoles } from '#collectors/okx/audit/bill_chain'
import { Ingest } from '#collectors/okx/ingest/ingest'
import type { Heard } from '#collectors/okx/ingest/heard'
import { Instruments } from '#collectors/okx/ingest/instruments'
import { readPush } from '#collectors/okx/ingest/read_push'
import type { OkxFailure } from '#collectors/okx/okx_failure'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { tellRows, type Recovering } from '#collectors/okx/recovery/recovering'
import { readBill } from '#sources/okx/bill'
import { readFill } from '#sources/okx/fill'
import { readMessage } from '#sources/okx/message'
import { readOrder } from '#sources/okx/order'
import { readBalance, readPosition } from '#sources/okx/position'
import { rowsIn, type OkxRow } from '#sources/okx/row'
import { emptyDatabase } from '#tests/support/database'
import {
  followed,
  namesOfRecorded,
  recorded,
  recordedRows,
  saysOf,
  storeOkxAccount,
} from '#tests/support/okx'
import { SettableClock } from '#tests/support/settable_clock'

/** What a row of an answer is, by the table that it ends in. */
const READERS: Record<string, (heard: Heard, row: OkxRow) => void> = {
  orders: (heard, row) => heard.orders.push(readOrder(row)),
  executions: (heard, row) => heard.fills.push(readFill(row)),
  okx_bills: (heard, row) => heard.bills.push(readBill(row)),
  positions: (heard, row) => heard.positions.push({ said: readPosition(row), cause: null }),
  balances: (heard, row) => heard.balances.push({ said: readBalance(row), cause: null }),
}

/** Takes an answer as it came over HTTP to where it is stored. */
async function answer(message: unknown, table: string) {
  const clock = new SettableClock()
  const account = await storeOkxAccount()
  const send = async () => Response.json(message)
  const rest = new OkxVenues(clock, {}, send as typeof fetch).restOf(account)
  const instruments = new Instruments()
  const ingest = new Ingest({ instruments, clock, onFault: rethrow })
  const { signal } = new AbortController()
  const recovering: Recovering = {
    account: followed(account),
    rest,
    ingest,
    signal,
    isStart: false,
    origin: 'recovery',
  }
  const { rows } = await rest.venue.askPublic('/api/v5/recorded')
  if (table === 'okx_instruments') return instruments.learn(rest.venue, rows as never)
  const listed = table === 'balances' ? rows.flatMap((row) => rowsIn(row.details)) : rows
  await tellRows(recovering, table, listed, READERS[table]!)
}

/** Takes a message of the stream to where it is stored; answers what it is. */
async function push(message: unknown) {
  const read = readMessage(JSON.stringify(message))
  if (read.kind === 'push') {
    const clock = new SettableClock()
    const ingest = new Ingest({ instruments: new Instruments(), clock, onFault: rethrow })
    await ingest.tell(readPush(read, followed(await storeOkxAccount()), clock.now()))
  }
  return read
}

function rethrow(error: Error) {
  throw error
}

test.group('Recorded messages of OKX', (group) => {
  group.each.setup(() => emptyDatabase())
  group.tap((each) => each.tags(['@sqlite']))

  for (const name of namesOfRecorded) {
    test(`what was recorded as ${name.replaceAll('_', ' ')} ends as what it was`, async ({
      assert,
    }) => {
      const { control, refusal, ...tables } = saysOf(name)
      const message = recorded(name)
      const [table = 'orders'] = Object.keys(tables)

      const isOfStream = 'event' in message || 'arg' in message || 'op' in message
      const read = isOfStream ? await push(message) : null
      const refused =
        read === null ? await answer(message, table).catch((error: OkxFailure) => error) : null

      if (control) assert.containsSubset(read, control)
      if (refusal) assert.containsSubset({ kind: refused?.kind, code: refused?.code }, refusal)
      for (const [stored, rows] of Object.entries(tables)) {
        const found = await db.from(stored)
        assert.lengthOf(found, rows.length)
        rows.forEach((row: object, at: number) => assert.containsSubset(found[at], row))
      }
    })
  }

  test('four bills of one account, told in three answers, follow one another', ({ assert }) => {
    const names = ['close_and_open_bills', 'open_bill', 'liquidation_bill']
    const bills = names.flatMap(recordedRows).map(readBill)
    const inOrder = bills.toSorted((one, other) => one.ts - other.ts)

    assert.lengthOf(inOrder, 4)
    assert.deepEqual(findHoles(inOrder), [])
    assert.lengthOf(findHoles(inOrder.toSpliced(1, 1)), 1)
    assert.lengthOf(findHoles(inOrder.toSpliced(2, 1)), 1)
  })
})

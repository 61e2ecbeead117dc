import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { heardOf, type FollowedAccount, type Heard } from '#collectors/okx/ingest/heard'
import { Ingest } from '#collectors/okx/ingest/ingest'
import { Instruments } from '#collectors/okx/ingest/instruments'
import { readPush } from '#collectors/okx/ingest/read_push'
import OkxAccount from '#models/okx_account'
import { readBill } from '#sources/okx/bill'
import { readFill } from '#sources/okx/fill'
import { readMessage, type OkxPush } from '#sources/okx/message'
import { readOrder } from '#sources/okx/order'
import type { OkxRow } from '#sources/okx/row'
import { SettableClock } from '#tests/support/settable_clock'

const RECORDED = JSON.parse(
  readFileSync(new URL('../fixtures/okx/recorded.json', import.meta.url), 'utf8')
)

/** A recorded message: tests/fixtures/okx/recorded.json names where it is from. */
export function recorded(name: string): any {
  return structuredClone(RECORDED[name].message)
}

export const namesOfRecorded = Object.keys(RECORDED).filter((name) => name !== 'note')

/** What has to become of a recorded message: rows by table, or how it is taken. */
export const saysOf = (name: string): Says => RECORDED[name].says

interface Says {
  /** What it is to the stream. */
  control?: object
  /** Why it is no answer. */
  refusal?: object
  [table: string]: any
}

/** The rows of a recorded answer or push. */
export const recordedRows = (name: string): any[] => recorded(name).data

let accounts = 0

/** An account that is watched; without an owner it is the operator's. */
export async function storeOkxAccount(changes: Partial<OkxAccount> = {}): Promise<OkxAccount> {
  const number = ++accounts
  return OkxAccount.create({
    ownerId: null,
    label: `account ${number}`,
    region: 'global',
    environment: 'live',
    uid: String(614_488_474_791_000 + number),
    apiKey: `key-${number}`,
    secretKey: `secret-${number}`,
    passphrase: `phrase-${number}`,
    permissions: 'read_only',
    accountLevel: '2',
    positionMode: 'net_mode',
    status: 'active',
    connection: 'idle',
    reconnects: 0,
    handovers: 0,
    ownFaults: 0,
    createdAt: 1_790_000_000_000,
    updatedAt: 1_790_000_000_000,
    ...changes,
  })
}

export function followed({ id, ownerId, uid, environment }: OkxAccount): FollowedAccount {
  return { id, ownerId, uid: uid!, environment }
}

/** What scan:okx does with what it hears, without a connection. */
export async function startIngest({
  onFault = rethrow as (error: Error) => void,
  clock = new SettableClock(),
  ownerId = null as number | null,
  mostWaiting = undefined as number | undefined,
} = {}) {
  const account = await storeOkxAccount({ ownerId })
  const ingest = new Ingest({
    instruments: new Instruments(),
    clock,
    onFault,
    mostWaiting,
  })
  const of = followed(account)
  const tell = (origin: Heard['origin'], parts: Partial<Heard>) =>
    ingest.tell(heardOf(of, origin, clock.now(), parts))
  return {
    account,
    clock,
    ingest,
    tell,
    push: (message: unknown) =>
      ingest.tell(readPush(readMessage(JSON.stringify(message)) as OkxPush, of, clock.now())),
    orders: (...rows: OkxRow[]) => tell('recovery', { orders: rows.map(readOrder) }),
    fills: (...rows: OkxRow[]) => tell('recovery', { fills: rows.map(readFill) }),
    bills: (...rows: OkxRow[]) => tell('recovery', { bills: rows.map(readBill) }),
  }
}

function rethrow(error: Error) {
  throw error
}

/** Some columns of the rows of a table, in the order in which they were stored. */
export async function rowsOf(table: string, ...columns: string[]) {
  const rows = await db.from(table).orderBy('id').select(columns)
  return rows.map((row) => columns.map((column) => row[column]))
}

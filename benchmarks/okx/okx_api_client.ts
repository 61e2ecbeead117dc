import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { VenueKey } from '#demo/okx/venue_account'

interface Update {
  arg?: { channel?: string }
  data?: Record<string, string>[]
}

/** What is used of the client. Its own types want those of a browser. */
interface Client {
  on(event: string, listener: (update: Update) => void): void
  subscribe(topics: object[]): void
  closeAll(force: boolean): void
}

const COLUMNS = [
  ...['account_id', 'account_uid', 'environment', 'origin', 'event_time', 'received_at'],
  ...['execution_key', 'ord_id', 'trade_id', 'inst_type', 'inst_id', 'side', 'fill_sz', 'fill_px'],
  ...['fee', 'fee_ccy', 'exec_type', 'raw', 'created_at'],
]

/**
 * Follows the orders of an account with okx-api, as its examples do, and writes each fill that it tells
 * into a table like Regou's, in a file beside Regou's.
 */
export async function followWithOkxApi(wsUrl: string, key: VenueKey, databasePath: string) {
  const { apiKey, secret, passphrase } = key
  const { WebsocketClient } = (await import('okx-api')) as unknown as {
    WebsocketClient: new (options: object, logger: object) => Client
  }
  const client = new WebsocketClient(
    {
      accounts: [{ apiKey, apiSecret: secret, apiPass: passphrase }],
      wsUrl: `${wsUrl}/ws/v5/private`,
    },
    { trace() {}, info() {}, error() {} }
  )
  const table = tableBeside(databasePath)
  const subscribed = new Promise<void>((resolve) => client.on('response', () => resolve()))
  client.on('exception', () => {})
  client.on('update', ({ arg, data = [] }) => {
    if (arg?.channel !== 'orders') return
    for (const row of data) if (row.tradeId) table.store(row)
  })
  client.subscribe([{ channel: 'orders', instType: 'ANY' }])
  await subscribed
  return {
    get fills() {
      return table.rows()
    },
    close() {
      client.closeAll(true)
      table.close()
    },
  }
}

/** `executions` with its indexes as Regou has it, in a database of its own: neither waits for the other. */
function tableBeside(databasePath: string) {
  const regou = new Database(databasePath, { readonly: true })
  const made = regou
    .prepare("select sql from sqlite_master where tbl_name = 'executions' and sql is not null")
    .pluck()
    .all() as string[]
  regou.close()
  const database = new Database(join(dirname(databasePath), 'okx-api.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('foreign_keys = OFF')
  for (const statement of made) database.exec(statement)
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = database.prepare(
    `insert or ignore into executions (${COLUMNS.join(', ')}) values (${places})`
  )
  const rows = database.prepare('select count(*) from executions').pluck()
  return {
    store(row: Record<string, string>) {
      const now = Date.now()
      insert.run(
        ...[1, '1', 'live', 'push', Number(row.fillTime), now, `${row.ordId} ${row.tradeId}`],
        ...[row.ordId, row.tradeId, row.instType, row.instId, row.side, row.fillSz, row.fillPx],
        ...[row.fillFee, row.fillFeeCcy, row.execType, JSON.stringify(row), now]
      )
    },
    rows: () => rows.get() as number,
    close: () => void database.close(),
  }
}

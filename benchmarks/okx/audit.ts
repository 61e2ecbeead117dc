/** Audits 100,000 bills of which ten are missing, at a venue that does not give them. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { default: OkxAccount } = await import('#models/okx_account')
const { systemClock } = await import('#foundation/clock')
const { auditAccount } = await import('#collectors/okx/audit/audit_account')
const { Ingest } = await import('#collectors/okx/ingest/ingest')
const { Instruments } = await import('#collectors/okx/ingest/instruments')
const { OkxVenues } = await import('#collectors/okx/okx_venues')

const BILLS = 100_000
const MISSING = 10
const UID = '440000000000000001'

/** Funding of a cent each, a second apart. */
function billOf(number: number) {
  const ts = Date.now() - (BILLS - number) * 1000
  return {
    account_id: 1,
    bill_id: String(1_000_000 + number),
    ccy: 'USDT',
    type: '8',
    sub_type: '174',
    bal: String(number),
    bal_chg: '1',
    ts,
    origin: 'push',
    raw: '{}',
    created_at: ts,
  }
}

/** Holds nothing but the time. */
const nothing = async (url: unknown) =>
  Response.json({
    code: '0',
    data: String(url).endsWith('/time') ? [{ ts: String(Date.now()) }] : [],
  })

const keys = { apiKey: 'k', secretKey: 's', passphrase: 'p', uid: UID, accountLevel: '2' }
const account = await OkxAccount.create({
  id: 1,
  ownerId: null,
  label: 'x',
  region: 'global',
  environment: 'live',
  ...keys,
  status: 'active',
  connection: 'live',
  reconnects: 0,
  handovers: 0,
  ownFaults: 0,
  createdAt: 1,
  updatedAt: 1,
})
const missing = new Set<number>()
while (missing.size < MISSING) {
  const number = 2 + Math.floor(Math.random() * (BILLS - 4))
  // Two in a row would be one hole.
  if (!missing.has(number - 1) && !missing.has(number + 1)) missing.add(number)
}
for (let first = 0; first < BILLS; first += 500) {
  const numbers = Array.from({ length: 500 }, (_, n) => first + n).filter((n) => !missing.has(n))
  await db.table('okx_bills').multiInsert(numbers.map(billOf))
}
const venues = new OkxVenues(systemClock, {}, nothing as typeof fetch)

await contend(async () => {
  const instruments = new Instruments()
  const audits = await auditAccount(
    {
      account: { id: 1, ownerId: null, uid: UID, environment: 'live' },
      rest: venues.restOf(account),
      ingest: new Ingest({ instruments, clock: systemClock, onFault: fail }),
      signal: new AbortController().signal,
      isStart: false,
      origin: 'audit',
    },
    account
  )
  const found = audits.reduce((sum, { holes }) => sum + holes, 0)
  return { found: Math.min(found, MISSING), invented: Math.max(0, found - MISSING) }
})

function fail(error: Error) {
  throw error
}

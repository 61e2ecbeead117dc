import db from '@adonisjs/lucid/services/db'
import { KEY_REASONS } from '#models/okx_reasons'
import type OkxAudit from '#models/okx_audit'

/** While an account is followed, this says twice a minute that all of it is stored. In milliseconds. */
const KNOWN_MS = 90_000

/** Audits are taken every hour. In milliseconds. */
const AUDITED_MS = 2 * 3_600_000

/** So many accounts, the first of them since then (epoch milliseconds). */
interface Since {
  accounts: number
  since: number | null
}

/** How the accounts at OKX are followed. */
export interface OkxState {
  active: number
  live: number
  /** OKX does not take their keys: their owners have to act. */
  refused: number
  /** OKX is closed, as it has announced. */
  in_maintenance: number
  /** Neither, and it is not known that all of them is stored. */
  silent: Since
  /** Of which the last audit found something missing that OKX does not give. */
  incomplete: number
  /** Not refused, and without an audit for long. */
  unaudited: Since
  /** The account of which the least is known to be complete: up to which bill, and its time. */
  complete: { account_id: number; bill: string; time: number } | null
}

export async function readOkx(now: number): Promise<OkxState> {
  const accounts = await activeAccounts()
  const audits = accounts.length > 0 ? await lastAudits() : []
  const refused = accounts.filter(({ reason }) => KEY_REASONS.includes(reason as never))
  const closed = accounts.filter(({ reason }) => reason === 'maintenance')
  const others = accounts.filter((one) => !refused.includes(one) && !closed.includes(one))
  const holed = audits.filter(({ mode, verdict }) => mode === 'strict' && verdict === 'holes')
  const auditedAt = new Map(audits.map(({ accountId, createdAt }) => [accountId, createdAt]))
  return {
    active: accounts.length,
    live: accounts.filter(({ connection }) => ['live', 'handover'].includes(connection)).length,
    refused: refused.length,
    in_maintenance: closed.length,
    silent: before(
      now - KNOWN_MS,
      others.map(({ knownAt }) => knownAt)
    ),
    incomplete: new Set(holed.map(({ accountId }) => accountId)).size,
    unaudited: before(
      now - AUDITED_MS,
      others.map(({ id, addedAt }) => auditedAt.get(id) ?? addedAt)
    ),
    complete: leastComplete(audits),
  }
}

async function activeAccounts() {
  const rows = await db
    .from('okx_accounts')
    .leftJoin('event_cursors', (join) =>
      join.on('event_cursors.account_id', 'okx_accounts.id').onVal('event_type', 'orders')
    )
    .where('okx_accounts.status', 'active')
    .select('okx_accounts.id', 'connection', 'reason', 'okx_accounts.created_at')
    .select('event_cursors.updated_at as known_at')
  return rows.map((row) => ({
    id: Number(row.id),
    connection: row.connection as string,
    reason: row.reason as string | null,
    addedAt: Number(row.created_at),
    knownAt: Number(row.known_at ?? row.created_at),
  }))
}

type LastAudit = Pick<
  OkxAudit,
  'accountId' | 'mode' | 'verdict' | 'completeBill' | 'completeTime' | 'createdAt'
>

/** The last audit of each currency of the accounts that are active. */
async function lastAudits(): Promise<LastAudit[]> {
  const rows = await db
    .from('okx_audits')
    .whereIn('id', db.from('okx_audits').groupBy('account_id', 'ccy').max('id'))
    .whereIn('account_id', db.from('okx_accounts').where('status', 'active').select('id'))
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    mode: row.mode,
    verdict: row.verdict,
    completeBill: row.complete_bill,
    completeTime: row.complete_time === null ? null : Number(row.complete_time),
    createdAt: Number(row.created_at),
  }))
}

function before(limit: number, times: readonly number[]): Since {
  const late = times.filter((time) => time < limit)
  return { accounts: late.length, since: late.length > 0 ? Math.min(...late) : null }
}

function leastComplete(audits: readonly LastAudit[]): OkxState['complete'] {
  // A currency that has been quiet for long is complete up to an old bill: what the account has of
  // others says more.
  const newest = new Map<number, LastAudit>()
  for (const audit of audits) {
    const known = newest.get(audit.accountId)
    if ((known?.completeTime ?? -1) < (audit.completeTime ?? -1)) newest.set(audit.accountId, audit)
  }
  const [least] = [...newest.values()].toSorted(
    (one, other) => one.completeTime! - other.completeTime!
  )
  return least
    ? { account_id: least.accountId, bill: least.completeBill!, time: least.completeTime! }
    : null
}

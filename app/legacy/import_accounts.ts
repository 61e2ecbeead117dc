import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import User from '#models/user'
import type { PlanTerms } from '#config/plans'
import { openAccount } from '#accounts/login/log_in'
import { putSwitches } from '#accounts/subscriptions'
import { launchpads } from '#sources/venues'
import { importBinding, readBinding, type LegacyBinding } from '#legacy/import_binding'
import { importPlan, readPlan, type LegacyPlan } from '#legacy/import_plan'
import type { Transact } from '#legacy/transact'
import type { LegacyFile, LegacyRow } from '#legacy/legacy_file'
import { noCounts, orUnusable, type LegacyCounts } from '#legacy/legacy_report'
import { isAddress, neededText, UnusableRow } from '#legacy/legacy_values'

/** What the earlier application had of one user. */
interface LegacyAccount {
  plans: LegacyPlan[]
  /** Sources of which he wanted to be told, and those of which he did not. */
  switches: { source: string; isOn: boolean }[]
  bindings: LegacyBinding[]
}

export interface AccountImport {
  terms: PlanTerms
  /** Where bots of WeChat are spoken to: the earlier application knew one place. */
  ilinkUrl: string
  language: string
  clock: Clock
  transact: Transact
}

const TABLES = ['entitlements', 'subscriptions', 'wechat_bot_bindings'] as const

/**
 * Imports users with what they had, each in a transaction. Accounts are wallets here: a user whose wallet
 * the file does not tell is left out. Switches are taken over with an account that is made; what a user
 * has set here since stays.
 */
export async function importAccounts(file: LegacyFile, tools: AccountImport) {
  const walletOf = walletsIn(file)
  const accounts = new Map<string, LegacyAccount>()
  const counts = Object.fromEntries(TABLES.map((table) => [table, noCounts()])) as Record<
    (typeof TABLES)[number],
    LegacyCounts
  >
  const read = (
    table: (typeof TABLES)[number],
    take: (of: LegacyAccount, row: LegacyRow) => void
  ) => {
    for (const row of file.rows(table)) {
      orUnusable(counts[table], () => {
        const wallet = walletOf(neededText(row, 'user_id'))
        const known = accounts.get(wallet) ?? { plans: [], switches: [], bindings: [] }
        take(known, row)
        accounts.set(wallet, known)
      })
    }
  }
  read('entitlements', ({ plans }, row) => plans.push(readPlan(row)))
  read('subscriptions', ({ switches }, row) => switches.push(readSwitch(row)))
  read('wechat_bot_bindings', ({ bindings }, row) => bindings.push(readBinding(row)))

  for (const [wallet, account] of accounts) {
    await tools.transact((trx) => importAccount(trx, wallet, account, counts, tools))
  }
  return counts
}

/** Users are told by their wallets, or by numbers that a table `users` has wallets for. */
function walletsIn(file: LegacyFile): (userId: string) => string {
  const wallets = new Map<string, string>()
  for (const row of file.rows('users')) {
    const wallet = [row.wallet_address, row.wallet, row.address].find(
      (value) => typeof value === 'string' && isAddress(value)
    )
    if (wallet) wallets.set(String(row.id ?? row.user_id), String(wallet).toLowerCase())
  }
  return (userId) => {
    const wallet = isAddress(userId) ? userId.toLowerCase() : wallets.get(userId)
    if (wallet === undefined)
      throw new UnusableRow('user_id is no wallet, and users has none for it')
    return wallet
  }
}

/** @throws UnusableRow */
function readSwitch(row: LegacyRow) {
  const source = neededText(row, 'source').toLowerCase()
  if (!launchpads().some(({ name }) => name === source)) {
    throw new UnusableRow('source is no venue that is known here')
  }
  return { source, isOn: ['1', 'true'].includes(String(row.enabled).toLowerCase()) }
}

async function importAccount(
  trx: TransactionClientContract,
  wallet: string,
  { plans, switches, bindings }: LegacyAccount,
  counts: Record<(typeof TABLES)[number], LegacyCounts>,
  { terms, clock, ilinkUrl, language }: AccountImport
) {
  const now = clock.now()
  const isNew = (await User.findBy('wallet_address', wallet, { client: trx })) === null
  const user = await openAccount(trx, wallet, { language }, now)
  if (isNew && switches.length > 0) {
    const wanted = switches.filter(({ isOn }) => isOn)
    await putSwitches(
      trx,
      user.id,
      wanted.map(({ source }) => ({ source, kind: 'created' as const })),
      now
    )
  }
  counts.subscriptions[isNew ? 'imported' : 'known'] += switches.length

  const told = await importPlan(trx, user.id, plans, { terms, now })
  if (told) counts.entitlements[told] += plans.length
  for (const binding of bindings) {
    counts.wechat_bot_bindings[await importBinding(trx, user.id, binding, { ilinkUrl, now })]++
  }
}

import env from '#start/env'
import { allFactKinds } from '#facts/registry'
import { factRetention } from '#facts/retention'
import type { Expiries, Expiring } from '#foundation/db/retention'
import { NEVER_TRADED } from '#collectors/store/untraded_tokens'

const scanRecordsMs = env.get('RETAIN_SCAN_RECORDS')
const undeliveredMs = env.get('WEBHOOK_RETENTION_FAILED')

const kinds = allFactKinds()

const DAY_MS = 86_400_000

/** Facts that are on no chain, by when they were stored. */
function offChainFacts(): Expiries {
  const settings = { RETAIN_OCR_WALLETS: env.get('RETAIN_OCR_WALLETS') }
  const timed = factRetention(
    kinds.filter(({ isOnChain }) => !isOnChain),
    settings
  )
  const alongside = kinds.filter(({ kept }) => kept === 'as_undelivered')
  return {
    ...Object.fromEntries(
      Object.entries(timed).map(([table, keptMs]) => [table, { keptMs, since: 'created_at' }])
    ),
    ...Object.fromEntries(
      alongside.map(({ table, timeColumn }) => [
        table,
        { keptMs: undeliveredMs, since: timeColumn },
      ])
    ),
  }
}

/**
 * What keeps each table from growing with time alone: the age at which rows go, and which process
 * removes them, or why there is no age. A table that no line names fails a test.
 */
const retentionConfig = {
  /** Facts of a chain go by block, so that an audit knows what was removed. By scan:chain. */
  chainFacts: factRetention(
    kinds.filter(({ isOnChain }) => isOnChain),
    { RETAIN_TRADES: env.get('RETAIN_TRADES') }
  ),

  /** Removed by scan:chain and scan:audit. */
  scanning: {
    quarantined_logs: { keptMs: env.get('RETAIN_QUARANTINED_LOGS'), since: 'created_at' },
    scan_audits: { keptMs: scanRecordsMs, since: 'created_at' },
    tron_account_checks: { keptMs: scanRecordsMs, since: 'created_at' },
    scan_gaps: { keptMs: scanRecordsMs, since: 'closed_at' },
    // Of a backfill that ended, or was left so long ago.
    scan_cursors: { keptMs: scanRecordsMs, since: 'updated_at', where: "name like 'backfill:%'" },
    // Of pools whose beginning is never read.
    early_pool_states: { keptMs: scanRecordsMs, since: 'updated_at' },
    tokens: {
      keptMs: env.get('RETAIN_UNTRADED_TOKENS'),
      since: 'created_at',
      where: NEVER_TRADED,
    },
  } satisfies Record<string, Expiring>,

  /** Removed by scan:okx. The last audit of an account that is followed is an hour old at most. */
  okx: {
    okx_audits: { keptMs: scanRecordsMs, since: 'created_at' },
  } satisfies Record<string, Expiring>,

  /** Removed by whatever sends, which have a way of their own for jobs and their attempts. */
  delivery: {
    ...offChainFacts(),
    replays: { keptMs: undeliveredMs, since: 'ended_at' },
    one_use_keys: { keptMs: undeliveredMs, since: 'expires_at' },
    idempotency_store: { keptMs: 0, since: 'expires_at' },
    quarantined_hooks: { keptMs: undeliveredMs, since: 'created_at' },
    // The sum since the beginning stands in the row of minute 0.
    order_counts: { keptMs: 7 * DAY_MS, since: 'minute', where: 'minute > 0' },
    wechat_messages: { keptMs: undeliveredMs, since: 'created_at' },
    // What people wrote is theirs; a week is enough to know a message that is handed out again.
    wechat_inbound_messages: { keptMs: 7 * DAY_MS, since: 'received_at' },
    // The token of one that ended is needed when its user scans again. What is left of its messages
    // goes with it, so that no other setting keeps a token longer.
    wechat_bot_bindings: { keptMs: 90 * DAY_MS, since: 'ended_at' },
    telegram_messages: { keptMs: undeliveredMs, since: 'created_at' },
    telegram_updates: { keptMs: 7 * DAY_MS, since: 'received_at' },
    // `/start` brings one back that Telegram had closed.
    telegram_chats: {
      keptMs: 90 * DAY_MS,
      since: 'ended_at',
      where:
        'not exists (select 1 from telegram_messages where telegram_chat_id = telegram_chats.id)',
    },
    web_push_subscriptions: { keptMs: 7 * DAY_MS, since: 'ended_at' },
    wechat_qr_logins: { keptMs: DAY_MS, since: 'ended_at' },
    // They have ended by then.
    user_sessions: { keptMs: 7 * DAY_MS, since: 'last_seen_at' },
    payment_quotes: {
      keptMs: undeliveredMs,
      since: 'expires_at',
      where:
        "state = 'closed' and not exists (select 1 from payments where quote_id = payment_quotes.id)",
    },
  } as Expiries,

  /** Where rows need no age, with the reason. */
  unlimited: {
    launch_events: 'the record that Regou exists for: it grows with the market',
    pools: 'as launch_events',
    token_markets: 'one for each token in launch_events',
    token_minutes: 'goes a day later, by scan:chain',
    market_positions: 'one for each kind of fact',
    coin_prices: 'one for each chain',
    stake_records: 'as launch_events: it grows with the accounts that are watched',
    delegate_records: 'as stake_records; with TRON_WATCH=all by five million rows a day',
    unfreeze_records: 'one for each unfreeze in stake_records',
    unfreeze_ready_events: 'as unfreeze_records',
    tron_accounts: 'made by hand',
    tron_blocks: 'goes a day later',
    okx_accounts: 'made by hand; one that was removed is named by what happened on it',
    orders: 'one for each order of an account that is watched',
    algo_orders: 'as orders',
    order_events: 'as orders: what the venue says about each',
    executions: 'as orders: they go into evidence',
    positions: 'one for each position of an account',
    position_events: 'as order_events',
    balances: 'one for each currency of an account',
    balance_events: 'as order_events',
    okx_bills: 'as executions: the sum is checked over them',
    event_cursors: 'one for each account and kind of event',
    okx_instruments: 'one for each instrument that was traded',
    okx_unknowns: 'one for each account and word that is not known',
    audit_events: 'as orders: what became of each, and why',
    verification_jobs: 'as orders',
    evidence_packages: 'as orders, each with a file in EVIDENCE_STORAGE_PATH',
    pending_evidence: 'as verification_jobs',
    verification_events: 'as order_events',
    order_alarms: 'one for each threshold',
    payments: 'the ledger: it grows with what is paid, and is never rewritten',
    deposit_outflows: 'as payments',
    deposit_tokens: 'one for each token of an address, of which there are so many at most',
    entitlement_changes: 'as payments: each change of a plan with its cause',
    notification_jobs: 'goes after WEBHOOK_RETENTION and WEBHOOK_RETENTION_FAILED',
    delivery_attempts: 'goes with its job',
    delivery_stats: 'sums: a row for each target, outcome and duration of two digits',
    push_health_checks: 'goes after WEBHOOK_RETENTION, with the next check',
    process_heartbeats: 'a row for each process; dead ones go when the next of its kind starts',
    pool_state_journal: 'goes some hundred blocks later',
    scan_blocks: 'goes some hundred blocks later',
    scan_holds: 'one for each time that an operator has to decide',
    database_moves: 'one for each table',
    operator_actions: 'who did what: one for each action of an operator',
    scan_leases: 'one for each scanner',
    wechat_pollers:
      'one for each process that polls; dead ones go when another gives a sign of life',
    source_polls: 'one for each list that is polled',
    users: 'one for each wallet that logged in, until it is erased',
    subscriptions: 'one for each user and switch',
    watches: 'made by hand',
    chat_preferences: 'one for each user',
    telegram_bots: 'one for each bot whose token was set',
    wechat_followers: 'one for each person who follows the official account',
    access_tokens: 'made by hand, and revoked by hand',
    login_nonces: 'goes when it has expired, with the next that is asked for',
    webhook_endpoints: 'made by hand',
    play_receivers: 'three for each user at most',
    play_requests: 'goes an hour later, with the next that is posted',
    deposit_addresses: 'one for each user',
    unconfirmed_deposits: 'one for each address',
    entitlements: 'one for each user',
    trial_pushes: 'one for each user and source',
  },
}

export default retentionConfig

import db from '@adonisjs/lucid/services/db'

const TABLES = [
  'wechat_messages',
  'wechat_inbound_messages',
  'wechat_bot_bindings',
  'wechat_pollers',
  'trial_pushes',
  'entitlement_changes',
  'entitlements',
  'payments',
  'payment_quotes',
  'deposit_outflows',
  'unconfirmed_deposits',
  'deposit_addresses',
  'login_nonces',
  'subscriptions',
  'chat_preferences',
  'watches',
  'one_use_keys',
  'wechat_followers',
  'access_tokens',
  'users',
  'delivery_attempts',
  'delivery_stats',
  'replays',
  'notification_jobs',
  'webhook_endpoints',
  'launch_events',
  'pools',
  'trades',
  'ocr_wallet_info',
  'push_alerts',
  'push_health_checks',
  'process_heartbeats',
  'tokens',
  'quarantined_logs',
  'scan_cursors',
  'source_polls',
  'scan_leases',
  'scan_blocks',
  'scan_gaps',
  'scan_audits',
  'pool_state_journal',
]

/** Empties every table: each test starts from a database without rows. */
export async function emptyDatabase() {
  for (const table of TABLES) {
    await db.from(table).delete()
  }
}

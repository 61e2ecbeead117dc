import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import Payment from '#models/payment'
import PushAlert from '#models/push_alert'
import Subscription from '#models/subscription'
import type User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { endQuotes } from '#billing/checkout/open_quote'
import { walletHash } from '#billing/plans/past_accounts'
import { endSessions } from '#accounts/sessions/sessions'
import { eraseEvidence } from '#verification/evidence/erase_evidence'
import type { PackageFiles } from '#verification/evidence/package_files'
import { deleteEndpoint } from '#webhooks/endpoints/endpoint_state'

/**
 * Deletes what is stored about a user. The row of the account stays, without its wallet, as the
 * name under which the ledger keeps its payments; docs/accounts.md says what else stays.
 *
 * Cut short, it leaves an account that can log in and be erased again: the wallet goes last.
 */
export async function eraseAccount(user: User, clock: Clock, evidence: PackageFiles) {
  await db.from('access_tokens').where('tokenable_id', user.id).delete()
  await endSessions(user.id, null)

  for (const { id } of await WebhookEndpoint.query().where('owner_id', user.id)) {
    await deleteEndpoint(id)
    await forgetAttempts(id)
  }
  await eraseEvidence(user.id, evidence)

  await writeTransaction(async (client) => {
    await client.from('login_nonces').where('wallet_address', user.walletAddress!).delete()
    // The ledger knows a payment by its transaction; who sent it, only the chain.
    await Payment.query({ client }).where('owner_id', user.id).update({ sender: null })
    await endQuotes(client, user.id, clock.now())
    await Subscription.query({ client }).where('user_id', user.id).delete()
    await client.from('tron_accounts').where('owner_id', user.id).delete()
    await forgetReceivers(client, user.id)
    // With all that happened on them.
    await client.from('okx_accounts').where('owner_id', user.id).delete()
    await forgetBindings(client, user.id)
    await forgetTelegram(client, user.id)
    for (const table of CHAT_TABLES) {
      await client.from(table).where('user_id', user.id).delete()
    }
    // They name the wallet, and where it was told of events.
    await PushAlert.query({ client }).where('owner_id', user.id).delete()
    user.useTransaction(client)
    const forgotten = {
      walletHash: walletHash(user.walletAddress!),
      walletAddress: `deleted-${user.id}`,
    }
    await user.merge({ ...ERASED, ...forgotten }).save()
  })
}

/** Our own receivers at which the user tried endpoints, with what was posted there. */
async function forgetReceivers(client: TransactionClientContract, userId: number) {
  const receivers = client.from('play_receivers').where('owner_id', userId).select('id')
  await client.from('play_requests').whereIn('receiver_id', receivers).delete()
  await client.from('play_receivers').where('owner_id', userId).delete()
}

/** The user's bots in WeChat with their tokens, and what was written there. */
async function forgetBindings(client: TransactionClientContract, userId: number) {
  for (const table of ['wechat_inbound_messages', 'wechat_messages']) {
    const bindings = client.from('wechat_bot_bindings').where('user_id', userId).select('id')
    await client.from(table).whereIn('binding_id', bindings).delete()
  }
  await client.from('wechat_bot_bindings').where('user_id', userId).delete()
}

/** The user's chats in Telegram, and what was sent there. What was written there is not kept. */
async function forgetTelegram(client: TransactionClientContract, userId: number) {
  const chats = client.from('telegram_chats').where('user_id', userId).select('id')
  await client.from('telegram_messages').whereIn('telegram_chat_id', chats).delete()
  await client.from('telegram_chats').where('user_id', userId).delete()
}

/** What the user has set for chats, and who writes to them in his name. */
const CHAT_TABLES = [
  'web_push_subscriptions',
  'chat_preferences',
  'watches',
  'one_use_keys',
  'wechat_followers',
  'wechat_qr_logins',
]

/** Not without a wallet: that would be the operator's own account. */
const ERASED = { name: null, language: null, timeZone: null, lastLoginAt: null }

/** Jobs whose attempts one statement forgets, so that other writers do not wait long. */
const JOBS_AT_ONCE = 1000

/** Deletes every attempt at an endpoint: they hold what its owner's server answered. */
async function forgetAttempts(endpointId: number) {
  let after = 0
  for (;;) {
    const jobs: { id: number | string }[] = await db
      .from('notification_jobs')
      .where({ channel: 'webhook', target_id: endpointId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(JOBS_AT_ONCE)
      .select('id')
    if (jobs.length === 0) {
      return
    }
    const ids = jobs.map(({ id }) => Number(id))
    await db.from('delivery_attempts').whereIn('job_id', ids).delete()
    after = ids.at(-1)!
  }
}

import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import WechatBotBinding from '#models/wechat_bot_binding'
import { bind } from '#wechat/binding/bind'
import type { LegacyRow } from '#legacy/legacy_file'
import { neededText } from '#legacy/legacy_values'

/** A user's bot in WeChat. Its token is secret, and told nowhere. */
export interface LegacyBinding {
  userWxId: string
  botId: string
  botToken: string
  isActive: boolean
}

/** @throws UnusableRow */
export function readBinding(row: LegacyRow): LegacyBinding {
  return {
    userWxId: neededText(row, 'user_wx_id'),
    botId: neededText(row, 'bot_id'),
    botToken: neededText(row, 'bot_token', 4096),
    isActive: neededText(row, 'status').toLowerCase() === 'active',
  }
}

/**
 * Takes over a bot that was in use, unless its user or its person in WeChat has, or had, one here.
 * WeChat says with the first poll whether it still takes the token; where not, the user scans again.
 */
export async function importBinding(
  trx: TransactionClientContract,
  userId: number,
  { isActive, ...login }: LegacyBinding,
  { ilinkUrl, now }: { ilinkUrl: string; now: number }
): Promise<'imported' | 'known' | 'over'> {
  const known = await WechatBotBinding.query({ client: trx })
    .where('user_id', userId)
    .orWhere('user_wx_id', login.userWxId)
    .first()
  if (known) {
    return 'known'
  }
  if (!isActive) {
    return 'over'
  }
  await bind(trx, userId, { ...login, baseUrl: ilinkUrl }, now)
  return 'imported'
}

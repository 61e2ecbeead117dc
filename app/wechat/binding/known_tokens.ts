import db from '@adonisjs/lucid/services/db'
import { OperatorError } from '#foundation/errors'
import { openText } from '#models/sealed_text'

/** How long the token of a binding that ended is of use, in milliseconds. */
export const TOKEN_KEPT_MS = 90 * 86_400_000

/** iLink looks at so many. */
const MOST_TOKENS = 10

/** A binding of a user, and the token that speaks for its bot. */
export interface KnownToken {
  bindingId: number
  baseUrl: string
  botToken: string
}

/**
 * The tokens of this user's own bots, the newest first. Who scans again without naming them may be
 * locked out by WeChat, so those of bindings that ended are kept for 90 days. One that was stored
 * with another APP_KEY is left out.
 */
export async function knownTokens(userId: number, now: number): Promise<KnownToken[]> {
  const rows: { id: number | string; base_url: string; bot_token: string }[] = await db
    .from('wechat_bot_bindings')
    .where('user_id', userId)
    .where((query) => query.whereNull('ended_at').orWhere('ended_at', '>', now - TOKEN_KEPT_MS))
    .orderBy('bound_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_TOKENS)
    .select('id', 'base_url', 'bot_token')

  return rows.flatMap(({ id, base_url: baseUrl, bot_token: sealed }) => {
    const botToken = opened(sealed)
    return botToken === null ? [] : { bindingId: Number(id), baseUrl, botToken }
  })
}

function opened(sealed: string): string | null {
  try {
    return openText(sealed)
  } catch (error) {
    if (error instanceof OperatorError) return null
    throw error
  }
}

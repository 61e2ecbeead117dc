import { AccessToken, DbAccessTokensProvider } from '@adonisjs/auth/access_tokens'
import type { Secret } from '@adonisjs/core/helpers'
import type { LucidModel } from '@adonisjs/lucid/types/model'
import { systemClock } from '#foundation/clock'

/** How exactly it is known when a token was last used, in milliseconds. */
const USE_NOTED_EVERY_MS = 60_000

/**
 * Tokens as they are stored. The framework's own would write the time of use with every request,
 * and before it has compared the secret.
 */
export class AccessTokens<Model extends LucidModel> extends DbAccessTokensProvider<Model> {
  /** The token that was sent, or null when it is unknown, revoked or expired. */
  async verify(sent: Secret<string>): Promise<AccessToken | null> {
    const decoded = AccessToken.decode(this.prefix, sent.release())
    if (!decoded || !/^\d{1,15}$/.test(decoded.identifier)) {
      return null
    }
    const db = await this.getDb()
    const row = await db.from(this.table).where({ id: decoded.identifier, type: this.type }).first()
    const token = row && this.dbRowToAccessToken(row)
    if (!token?.verify(decoded.secret) || token.isExpired()) {
      return null
    }
    await this.#noteUse(token)
    return token
  }

  async #noteUse(token: AccessToken) {
    const now = new Date(systemClock.now())
    if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) < USE_NOTED_EVERY_MS) {
      return
    }
    const db = await this.getDb()
    await db.from(this.table).where('id', String(token.identifier)).update({ last_used_at: now })
  }
}

import { randomUUID } from 'node:crypto'
import WechatQrLogin, { OPEN_LOGIN_STATES } from '#models/wechat_qr_login'
import { applyStatus, isOver, type LoginTools } from '#wechat/binding/apply_status'
import { ILinkFailure } from '#wechat/ilink/answer'
import { HOLD_MS } from '#wechat/ilink/client'
import type { QrStatus } from '#wechat/ilink/qr_status'

/** Between two questions, and while digits are awaited, in milliseconds. */
const PAUSE_MS = 1000

/** A follower that has not asked for so long is gone, in milliseconds; one question may take less. */
const LEASE_MS = HOLD_MS + 25_000

/**
 * Follows logins until they end, whether their page is open or not: a person may have closed it and
 * confirm on the phone. Each login is followed by one process at a time; when that one dies, the
 * next that shows the page goes on.
 */
export class LoginFollower {
  readonly #tools: LoginTools
  readonly #id = randomUUID()
  readonly #stopping = new AbortController()
  readonly #underWay = new Map<number, Promise<void>>()

  constructor(tools: LoginTools) {
    this.#tools = tools
  }

  /** Sees to it that some process follows the login. */
  follow(loginId: number) {
    if (this.#underWay.has(loginId) || this.#stopping.signal.aborted) {
      return
    }
    const following = this.#run(loginId)
      .catch((error) => this.#tools.logger.error({ err: error }, 'following a WeChat login failed'))
      .finally(() => this.#underWay.delete(loginId))
    this.#underWay.set(loginId, following)
  }

  /** Resolves when no login is followed here any more. */
  async settled() {
    await Promise.all(this.#underWay.values())
  }

  /** Leaves the logins to other processes. */
  async stop() {
    this.#stopping.abort()
    await this.settled()
  }

  async #run(loginId: number) {
    const { clock } = this.#tools
    const { signal } = this.#stopping
    while (!signal.aborted && (await this.#claim(loginId))) {
      const login = await WechatQrLogin.findOrFail(loginId)
      const status = await this.#statusOf(login)
      if (status && !signal.aborted) await applyStatus(login, status, this.#tools)
      await clock.sleep(PAUSE_MS, signal)
    }
    await this.#release(loginId)
  }

  /** Keeps the lease, or takes one that has run out; false when another has it, or the login ended. */
  async #claim(loginId: number): Promise<boolean> {
    const now = this.#tools.clock.now()
    const claimed = await WechatQrLogin.query()
      .where('id', loginId)
      .whereIn('state', [...OPEN_LOGIN_STATES])
      .where((query) => query.where('follower', this.#id).orWhere('followed_until', '<=', now))
      .update({ follower: this.#id, followed_until: now + LEASE_MS })
    return Number(claimed) > 0
  }

  async #release(loginId: number) {
    await WechatQrLogin.query()
      .where({ id: loginId, follower: this.#id })
      .update({ follower: null, followed_until: 0 })
  }

  /** Null when nothing is known yet: the user has to enter digits, or there was no answer. */
  async #statusOf(login: WechatQrLogin): Promise<QrStatus | null> {
    const { client, clock, logger } = this.#tools
    if (isOver(login, clock.now())) {
      return { kind: 'expired' }
    }
    const code = login.digits ?? undefined
    if (code === undefined && (login.state === 'needs_code' || login.state === 'wrong_code')) {
      return null
    }
    try {
      const { signal } = this.#stopping
      return await client.loginStatus(login.baseUrl, login.qrKey, { code, signal })
    } catch (error) {
      if (!(error instanceof ILinkFailure)) throw error
      if (error.kind === 'refused' || error.kind === 'unreadable') {
        logger.warn(`iLink, asked about a login: ${error.message}`)
      }
      return null
    }
  }
}

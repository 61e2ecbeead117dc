import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import WechatQrLogin, { type LoginState } from '#models/wechat_qr_login'
import { bind, takeUp } from '#wechat/binding/bind'
import { knownTokens } from '#wechat/binding/known_tokens'
import { endLogin } from '#wechat/binding/qr_login'
import { ILinkFailure } from '#wechat/ilink/answer'
import type { ILinkClient } from '#wechat/ilink/client'
import type { QrStatus } from '#wechat/ilink/qr_status'

export interface LoginTools {
  client: ILinkClient
  clock: Clock
  logger: Pick<Logger, 'warn' | 'error'>
}

/** Codes that are shown one after the other before the user has to ask again. */
const MOST_CODES = 3

/** A code of which iLink never says that it has expired is given up then, in milliseconds. */
const CODE_ENDS_MS = 5 * 60_000

/** And a login that comes to no end, in milliseconds. */
const LOGIN_ENDS_MS = 20 * 60_000

/** Whether a code is given up, whatever iLink says of it. */
export function isOver({ codeAt }: WechatQrLogin, now: number): boolean {
  return now - codeAt >= CODE_ENDS_MS
}

/** Does what an answer about a login asks for. One that has ended meanwhile stays as it is. */
export async function applyStatus(login: WechatQrLogin, status: QrStatus, tools: LoginTools) {
  const now = tools.clock.now()
  switch (status.kind) {
    case 'waiting':
      return change(login, { state: 'waiting' })
    case 'scanned':
      return change(login, { state: 'scanned', digits: null })
    case 'needs_code':
      return change(login, { state: login.digits ? 'wrong_code' : 'needs_code', digits: null })
    case 'redirected':
      return change(login, { state: 'scanned', baseUrl: status.baseUrl })
    case 'confirmed':
      return whileOpen(login, async (open) => {
        await bind(open.$trx!, open.userId, status.login, now)
        await endLogin(open, 'bound', now)
      })
    case 'already_bound':
      return takeUpKnown(login, tools)
    case 'expired':
      return renewCode(login, tools)
    case 'code_blocked':
      return end(login, 'blocked', now)
    case 'untrusted':
      tools.logger.error(
        'iLink named a host for a login that is neither below .weixin.qq.com nor in WECHAT_ALLOWED_HOSTS'
      )
      return end(login, 'untrusted', now)
  }
}

/** The next code, without a click, up to a limit: of a lock-out WeChat says no more than "expired". */
async function renewCode(login: WechatQrLogin, { client, clock }: LoginTools) {
  const now = clock.now()
  if (login.codes >= MOST_CODES) {
    return end(login, 'expired', now)
  }
  try {
    const known = await knownTokens(login.userId, now)
    const { key, content } = await client.startLogin(known.map(({ botToken }) => botToken))
    await change(login, {
      state: 'waiting',
      qrKey: key,
      content,
      baseUrl: client.home,
      digits: null,
      codes: login.codes + 1,
      codeAt: now,
    })
  } catch (error) {
    await endWhereLate(login, error, now)
  }
}

/** The person is bound to a token of ours: it is taken up again where it works, the newest first. */
async function takeUpKnown(login: WechatQrLogin, { client, clock }: LoginTools) {
  const now = clock.now()
  try {
    for (const known of await knownTokens(login.userId, now)) {
      const { kind } = await client.notifyStart(known)
      if (kind === 'ok') {
        return await whileOpen(login, async (open) => {
          await takeUp(open.$trx!, known.bindingId, now)
          await endLogin(open, 'bound', now)
        })
      }
    }
    await end(login, 'taken', now)
  } catch (error) {
    await endWhereLate(login, error, now)
  }
}

/** What did not work now may work in a second, but a login does not go on for ever. */
async function endWhereLate(login: WechatQrLogin, error: unknown, now: number) {
  if (!(error instanceof ILinkFailure)) throw error
  if (now - login.createdAt >= LOGIN_ENDS_MS) await end(login, 'failed', now)
}

function change(login: WechatQrLogin, columns: Partial<WechatQrLogin>) {
  return whileOpen(login, (open) => open.merge(columns).save())
}

function end(login: WechatQrLogin, state: LoginState, now: number) {
  return whileOpen(login, (open) => endLogin(open, state, now))
}

/** In one transaction, unless the user has cancelled the login, or started another. */
function whileOpen(
  { id, qrKey }: WechatQrLogin,
  work: (open: WechatQrLogin) => Promise<unknown>
): Promise<void> {
  return writeTransaction(async (client) => {
    const open = await WechatQrLogin.query({ client }).where('id', id).whereNull('ended_at').first()
    if (open?.qrKey === qrKey) await work(open)
  })
}

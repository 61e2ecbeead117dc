import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import WechatQrLogin, { type LoginState } from '#models/wechat_qr_login'
import { knownTokens } from '#wechat/binding/known_tokens'
import type { ILinkClient } from '#wechat/ilink/client'

/** So many logins may a user start in so many milliseconds: WeChat limits codes as well. */
const MOST_LOGINS = 5
const WITHIN_MS = 10 * 60_000

/** The server said no word of how long a code lives; it was seen to end after so many milliseconds. */
export const CODE_LIFE_MS = 2 * 60_000

interface BindingTools {
  client: ILinkClient
  clock: Clock
}

/**
 * Asks iLink for a code that the user scans. A login that was still open is replaced.
 *
 * @throws Refusal `too_many_logins`
 * @throws ILinkFailure when there is no code to be had
 */
export async function startLogin(
  userId: number,
  { client, clock }: BindingTools
): Promise<WechatQrLogin> {
  const now = clock.now()
  await requireFew(userId, now)
  const known = await knownTokens(userId, now)
  const { key, content } = await client.startLogin(known.map(({ botToken }) => botToken))

  return writeTransaction(async (trx) => {
    const open = await WechatQrLogin.query({ client: trx })
      .where('user_id', userId)
      .whereNull('ended_at')
    for (const login of open) await endLogin(login.useTransaction(trx), 'replaced', now)
    return WechatQrLogin.create(
      {
        userId,
        state: 'waiting',
        qrKey: key,
        content,
        baseUrl: client.home,
        codes: 1,
        codeAt: now,
        followedUntil: 0,
        createdAt: now,
      },
      { client: trx }
    )
  })
}

/** The user's newest login, open or ended; null before the first. */
export function newestLogin(userId: number): Promise<WechatQrLogin | null> {
  return WechatQrLogin.query()
    .where('user_id', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .first()
}

/** Stands where a secret was. */
const GONE = 'gone'

/** Ends a login, whose code is then of use to no one. */
export function endLogin(login: WechatQrLogin, state: LoginState, now: number) {
  return login
    .merge({ state, qrKey: GONE, content: GONE, digits: null, follower: null, endedAt: now })
    .save()
}

/** The user gives up. */
export async function cancelLogin(userId: number, clock: Clock) {
  await writeTransaction(async (trx) => {
    const login = await WechatQrLogin.query({ client: trx })
      .where('user_id', userId)
      .whereNull('ended_at')
      .first()
    if (login) await endLogin(login, 'cancelled', clock.now())
  })
}

/**
 * Takes the digits that the phone shows; what follows the login sends them on.
 *
 * @throws Refusal `invalid_parameter` when they are none
 */
export async function enterDigits(userId: number, text: string) {
  const digits = text.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{1,16}$/.test(digits)) {
    throw Refusal.invalid('digits', 'These are not the digits that the phone shows')
  }
  await writeTransaction(async (trx) => {
    await WechatQrLogin.query({ client: trx })
      .where('user_id', userId)
      .whereIn('state', ['needs_code', 'wrong_code'])
      .update({ digits })
  })
}

async function requireFew(userId: number, now: number) {
  const recent = await WechatQrLogin.query()
    .where('user_id', userId)
    .where('created_at', '>', now - WITHIN_MS)
    .limit(MOST_LOGINS)
  if (recent.length >= MOST_LOGINS) {
    throw new Refusal('conflict', 'too_many_logins', 'Too many codes were asked for')
  }
}

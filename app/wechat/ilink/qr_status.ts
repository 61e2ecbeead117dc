import { ILinkFailure, textOf, type Members } from '#wechat/ilink/answer'
import type { TrustedHosts } from '#wechat/ilink/trusted_hosts'

/** A bot that a person has let in: what is needed to speak for it. */
export interface BotLogin {
  /** Secret: with it a program reads and writes for this bot. */
  botToken: string
  /** Such as `b0f5860fdecb@im.bot`. */
  botId: string
  /** The person who scanned, the only one who can talk to the bot: `…@im.wechat`. */
  userWxId: string
  baseUrl: string
}

/**
 * How far a login is:
 *
 * - `waiting`        not scanned yet, as far as the server tells
 * - `scanned`        and not confirmed yet; a code that was entered is right
 * - `needs_code`     the phone shows digits to enter here; said again, the digits were wrong
 * - `code_blocked`   wrong digits too often: only a new QR code helps
 * - `expired`        only a new QR code helps
 * - `already_bound`  this WeChat is bound to one of the tokens that were named at the start
 * - `redirected`     to be asked at `baseUrl` from now on
 * - `confirmed`      done
 * - `untrusted`      the answer names a host that may not be sent a token
 */
export type QrStatus =
  | {
      kind: 'waiting' | 'scanned' | 'needs_code' | 'code_blocked' | 'expired' | 'already_bound'
    }
  | { kind: 'redirected'; baseUrl: string }
  | { kind: 'confirmed'; login: BotLogin }
  | { kind: 'untrusted' }

/** The protocol's words (`scaned` is spelled so). An unknown one means to go on waiting. */
const KINDS = {
  scaned: 'scanned',
  need_verifycode: 'needs_code',
  verify_code_blocked: 'code_blocked',
  expired: 'expired',
  binded_redirect: 'already_bound',
} as const

/**
 * @param asked the base URL that answered
 * @throws ILinkFailure `unreadable` when a confirmed login lacks what it is for
 */
export function readQrStatus(members: Members, asked: string, hosts: TrustedHosts): QrStatus {
  const status = textOf(members.status)
  if (status === 'confirmed') {
    return confirmed(members, asked, hosts)
  }
  if (status === 'scaned_but_redirect') {
    const baseUrl = hosts.trustedHost(textOf(members.redirect_host) ?? '')
    return baseUrl === null ? { kind: 'untrusted' } : { kind: 'redirected', baseUrl }
  }
  const kind = status !== null && status in KINDS ? KINDS[status as keyof typeof KINDS] : 'waiting'
  return { kind }
}

function confirmed(members: Members, asked: string, hosts: TrustedHosts): QrStatus {
  const botToken = textOf(members.bot_token)
  const botId = textOf(members.ilink_bot_id)
  const userWxId = textOf(members.ilink_user_id)
  if (botToken === null || botId === null || userWxId === null) {
    throw new ILinkFailure('unreadable', 'a confirmed login lacks its token or its ids')
  }
  const named = textOf(members.baseurl)
  const baseUrl = named === null ? asked : hosts.trustedBase(named)
  return baseUrl === null
    ? { kind: 'untrusted' }
    : { kind: 'confirmed', login: { botToken, botId, userWxId, baseUrl } }
}

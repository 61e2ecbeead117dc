import { createHmac } from 'node:crypto'
import type { PlayGroup, RobotCall, RobotReply } from '#demo/robots/play_group'

/** How a platform answers its robots: limits, refusals and signatures as its documents say. */
type Platform = (group: PlayGroup, call: RobotCall, now: number) => RobotReply

const HOUR_MS = 3_600_000
const MINUTE: [number, number] = [20, 60_000]

const ok = (body: unknown): RobotReply => ({ status: 200, body })

const wecom: Platform = (group, { body }, now) => {
  const refuse = (errcode: number, errmsg: string) => group.refuse(errcode, ok({ errcode, errmsg }))
  const { content, mentioned_list: mentioned } = body.text ?? {}
  if (group.isGone) return refuse(93_000, 'invalid webhook url')
  if (body.msgtype !== 'text') return refuse(40_008, 'invalid message type')
  if (Buffer.byteLength(content) > 2048)
    return refuse(40_058, 'text.content exceed max length 2048')
  if (group.isTooFast(now, MINUTE)) return refuse(45_009, 'api freq out of limit')
  group.show(content, mentioned !== undefined)
  return ok({ errcode: 0, errmsg: 'ok' })
}

const feishu: Platform = (group, { body }, now) => {
  const refuse = (code: number, msg: string) => group.refuse(code, ok({ code, msg, data: {} }))
  const { timestamp, sign } = body
  const { text } = body.content ?? {}
  if (group.isGone) return refuse(19_001, 'param invalid: incoming webhook access token invalid')
  if (group.secret !== null) {
    const right = createHmac('sha256', `${timestamp}\n${group.secret}`).digest('base64')
    const isLate = Math.abs(now - Number(timestamp) * 1000) > HOUR_MS
    if (sign !== right || isLate) {
      return refuse(19_021, 'sign match fail or timestamp is not within one hour from current time')
    }
  }
  if (Buffer.byteLength(JSON.stringify(body)) > 20_480) return refuse(9499, 'Bad Request')
  const isTooFast = group.isTooFast(now, [100, 60_000])
  if (isTooFast) return refuse(11_232, 'frequency limited psm[lark.oapi.app_platform_runtime]')
  group.show(text, /<at /.test(text))
  return ok({ StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' })
}

const dingtalk: Platform = (group, { url, body }, now) => {
  const refuse = (errcode: number, errmsg: string) => group.refuse(errcode, ok({ errcode, errmsg }))
  if (group.isGone) return refuse(300_001, 'token is not exist')
  if (group.secret !== null) {
    const timestamp = url.searchParams.get('timestamp')
    const right = createHmac('sha256', group.secret)
      .update(`${timestamp}\n${group.secret}`)
      .digest('base64')
    const isLate = Math.abs(now - Number(timestamp)) > HOUR_MS
    if (url.searchParams.get('sign') !== right || isLate) {
      return refuse(310_000, 'sign not match')
    }
  }
  if (Buffer.byteLength(JSON.stringify(body)) > 20_000) return refuse(460_101, 'message too long')
  if (group.isTooFast(now, MINUTE, 600_000)) return refuse(130_101, 'send too fast')
  group.show(body.text.content, body.at?.isAtAll === true)
  return ok({ errcode: 0, errmsg: 'ok' })
}

const slack: Platform = (group, { body }, now) => {
  const { text, mrkdwn } = body
  if (group.isGone) return group.refuse(404, { status: 404, body: 'no_service' })
  if (typeof text !== 'string' || text.length > 40_000) {
    return group.refuse(400, { status: 400, body: 'invalid_payload' })
  }
  if (group.isTooFast(now, [1, 1000])) {
    return group.refuse(429, { status: 429, headers: { 'retry-after': '1' }, body: '' })
  }
  group.show(text, /<[!@#]/.test(text) || mrkdwn !== false)
  return { status: 200, body: 'ok' }
}

const discord: Platform = (group, { body }, now) => {
  const { content, allowed_mentions: mentions } = body
  const refuse = (status: number, fields: object) => group.refuse(status, { status, body: fields })
  if (group.isGone) return refuse(404, { message: 'Unknown Webhook', code: 10_015 })
  if (content.length > 2000) return refuse(400, { content: ['Must be 2000 or fewer in length.'] })
  if (group.isTooFast(now, [30, 60_000])) {
    return refuse(429, { message: 'You are being rate limited.', retry_after: 2.5, global: false })
  }
  const isFormatted = /(^|[^\\])(\*\*|__|~~|\|\||\]\()/.test(content)
  group.show(content, mentions?.parse?.length !== 0 || isFormatted)
  return { status: 204, body: '' }
}

const telegram: Platform = (group, { body }, now) => {
  const refuse = (code: number, description: string, parameters?: object) =>
    group.refuse(code, {
      status: code,
      body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
    })
  if (group.isGone) return refuse(403, 'Forbidden: bot was kicked from the supergroup chat')
  if (String(body.chat_id) !== group.chatId) {
    const parameters = { migrate_to_chat_id: Number(group.chatId) }
    return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', parameters)
  }
  if (body.text.length > 4096) return refuse(400, 'Bad Request: message is too long')
  if (group.isTooFast(now, MINUTE)) {
    return refuse(429, 'Too Many Requests: retry after 37', { retry_after: 37 })
  }
  group.show(body.text, body.parse_mode !== undefined)
  return ok({ ok: true, result: { message_id: group.shown.length } })
}

export const platforms = { wecom, feishu, dingtalk, slack, discord, telegram }

export type PlatformName = keyof typeof platforms

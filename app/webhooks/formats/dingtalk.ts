import { createHmac } from 'node:crypto'
import type { RobotFormat } from '#webhooks/formats/robot_format'
import { byStatus, fieldsOf, judgeCode } from '#webhooks/formats/robot_answer'

/**
 * Custom robots of DingTalk (钉钉). 20 messages a minute; more are answered with ten minutes of silence.
 * May ask for a signature, for a keyword or for known addresses.
 * Source: open.dingtalk.com/document/robots/custom-robot-access
 */
export const dingtalk: RobotFormat = {
  label: 'DingTalk',
  owns: ({ host, pathname }) => host === 'oapi.dingtalk.com' && pathname.startsWith('/robot/send'),
  takes: { secret: true, chatId: false },
  rate: { requests: 18, perMs: 60_000 },
  limits: { characters: 6000, bytes: 18_000 },
  request(text, { url, secret }, now) {
    // Only `at` wakes people: an @ in the text is just a sign.
    const body = { msgtype: 'text', text: { content: text }, at: { isAtAll: false } }
    if (secret === null) return { url, body }

    const signed = new URL(url)
    signed.searchParams.set('timestamp', String(now))
    signed.searchParams.set('sign', dingtalkSign(now, secret))
    return { url: signed.href, body }
  },
  judge(answer, now) {
    const { errcode, errmsg } = fieldsOf(answer)
    return typeof errcode === 'number'
      ? judgeCode(answer, { code: errcode, message: String(errmsg ?? '') }, MEANINGS, now)
      : byStatus(answer, now)
  },
}

/**
 * The key is the secret, and what is signed is the timestamp and the secret.
 *
 * @param timestamp epoch milliseconds, good for an hour
 */
export function dingtalkSign(timestamp: number, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
}

const TEN_MINUTES = () => 600_000

const MEANINGS = {
  tooFast: { 130_101: TEN_MINUTES, 410_100: TEN_MINUTES },
  unfit: [],
  permanent: {
    300_001: 'the token in the URL is not good: copy the URL of the robot again',
    310_000:
      'the robot asks for its signature, its keyword or a known address: give it the secret of "加签"',
  },
}

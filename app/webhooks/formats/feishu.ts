import { createHmac } from 'node:crypto'
import type { RobotFormat } from '#webhooks/formats/robot_format'
import { byStatus, fieldsOf, judgeCode, tooFast } from '#webhooks/formats/robot_answer'

/**
 * Custom bots of Feishu and Lark. A body of 20 KB at most, 100 messages a minute and 5 a second; may ask
 * for a signature, for a keyword or for known addresses.
 * Source: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const feishu: RobotFormat = {
  label: 'Feishu',
  owns: ({ host, pathname }) =>
    ['open.feishu.cn', 'open.larksuite.com'].includes(host) &&
    pathname.startsWith('/open-apis/bot/'),
  takes: { secret: true, chatId: false },
  rate: { requests: 90, perMs: 60_000 },
  limits: { characters: 6000, bytes: 18_000, written: withoutMentions },
  request(text, { url, secret }, now) {
    const message = { msg_type: 'text', content: { text: withoutMentions(text) } }
    if (secret === null) return { url, body: message }

    const timestamp = String(Math.floor(now / 1000))
    return { url, body: { timestamp, sign: feishuSign(timestamp, secret), ...message } }
  },
  judge(answer, now) {
    if (answer.status === 429) return tooFast(answer, '429', null)

    const { code, StatusCode: former, msg, StatusMessage: formerMessage } = fieldsOf(answer)
    const number = code ?? former
    return typeof number === 'number'
      ? judgeCode(
          answer,
          { code: number, message: String(msg ?? formerMessage ?? '') },
          MEANINGS,
          now
        )
      : byStatus(answer, now)
  },
}

/**
 * The key is the timestamp and the secret, and what is signed is empty.
 *
 * @param timestamp Unix seconds, good for an hour
 */
export function feishuSign(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64')
}

/** `<at user_id="all">` in a name would notify the whole group. */
function withoutMentions(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›')
}

const briefly = () => 10_000

const MEANINGS = {
  // 11232 comes at full and half hours when all robots speak at once.
  tooFast: { 11_232: briefly, 9499: briefly },
  unfit: [],
  permanent: {
    19_001: 'the URL is not good: copy the URL of the robot again',
    19_021:
      'the signature is not good: the secret is another one, or the clock of the server is wrong',
    19_022: 'the robot takes messages from listed addresses only: add the address of the server',
    19_024: 'the robot asks for a keyword: use a signature instead',
  },
}

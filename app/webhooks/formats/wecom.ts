import type { RobotFormat } from '#webhooks/formats/robot_format'
import { byStatus, fieldsOf, judgeCode, untilNextMinute } from '#webhooks/formats/robot_answer'

/**
 * Group robots of WeCom (企业微信). Text of 2,048 bytes at most, 20 messages a minute; the key is in the
 * URL. Source: developer.work.weixin.qq.com/document/path/91770
 */
export const wecom: RobotFormat = {
  label: 'WeCom',
  owns: ({ host, pathname }) =>
    host === 'qyapi.weixin.qq.com' && pathname.startsWith('/cgi-bin/webhook/'),
  takes: { secret: false, chatId: false },
  rate: { requests: 18, perMs: 60_000 },
  limits: { characters: 2048, bytes: 2048 },
  request: (text, { url }) => ({ url, body: { msgtype: 'text', text: { content: text } } }),
  judge(answer, now) {
    const { errcode, errmsg } = fieldsOf(answer)
    return typeof errcode === 'number'
      ? judgeCode(answer, { code: errcode, message: String(errmsg ?? '') }, MEANINGS, now)
      : byStatus(answer, now)
  },
}

const MEANINGS = {
  tooFast: { 45_009: untilNextMinute },
  unfit: [40_058],
  permanent: { 93_000: 'the key in the URL is not good: copy the URL of the robot again' },
}

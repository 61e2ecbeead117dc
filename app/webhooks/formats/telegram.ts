import type { RobotFormat } from '#webhooks/formats/robot_format'
import {
  accepted,
  byStatus,
  fieldsOf,
  refused,
  refusedForGood,
  tooFast,
  unfitMessage,
} from '#webhooks/formats/robot_answer'

/**
 * A bot of the group's own on Telegram: the URL holds its token, and one bot speaks in many chats.
 * 4,096 characters, 20 messages a minute in a group; what is too fast says for how long to wait.
 * Source: core.telegram.org/bots/api#sendmessage, core.telegram.org/bots/faq
 */
export const telegram: RobotFormat = {
  label: 'Telegram',
  owns: ({ host, pathname }) => host === 'api.telegram.org' && pathname.startsWith('/bot'),
  takes: { secret: false, chatId: true },
  rate: { requests: 18, perMs: 60_000 },
  limits: { characters: 4096, bytes: 16_384 },
  request: (text, { url, chatId }) => ({
    url: `${url.replace(/\/(sendMessage)?\/?$/i, '')}/sendMessage`,
    body: {
      chat_id: chatId,
      text,
      entities: addressesIn(text),
      link_preview_options: { is_disabled: true },
    },
  }),
  judge(answer, now) {
    const { ok, error_code: code, description, parameters } = fieldsOf(answer)
    const { migrate_to_chat_id: movedTo, retry_after: seconds } = (parameters ??
      {}) as AnswerParameters
    const words = [code, description].filter(Boolean).join(' ')
    if (ok === true) return accepted(answer)
    if (ok !== false) return byStatus(answer, now)
    if (movedTo !== undefined) return { kind: 'moved', chatId: String(movedTo) }
    if (code === 429) return tooFast(answer, words, seconds === undefined ? null : seconds * 1000)
    if (code === 401 || code === 404) {
      return refusedForGood(answer, `the token of the bot is not good: ${words}`)
    }
    if (code === 403 || /chat not found/i.test(words)) {
      return refusedForGood(answer, `the bot is not in this chat any more: ${words}`)
    }
    return code === 400 ? unfitMessage(answer, words) : refused(answer, words)
  },
}

interface AnswerParameters {
  /** A group that became a supergroup has another id. */
  migrate_to_chat_id?: number
  /** Seconds. */
  retry_after?: number
}

/** Addresses as code: a tap copies them. Plain text with places marked cannot be broken by a name. */
function addressesIn(text: string) {
  return [...text.matchAll(/\b(0x[\da-f]{40}|T[1-9A-HJ-NP-Za-km-z]{33})\b/gi)].map(
    ({ index, 0: found }) => ({ type: 'code', offset: index, length: found.length })
  )
}

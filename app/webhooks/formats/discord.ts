import type { RobotFormat } from '#webhooks/formats/robot_format'
import {
  accepted,
  byStatus,
  fieldsOf,
  refusedForGood,
  tooFast,
  unfitMessage,
} from '#webhooks/formats/robot_answer'

/** A message without previews of links: docs.discord.com, message flag `SUPPRESS_EMBEDS`. */
const SUPPRESS_EMBEDS = 4

/**
 * Webhooks of Discord. 2,000 characters, 5 messages in 2 seconds and 30 a minute for a channel.
 * Source: docs.discord.com/developers/resources/webhook, /topics/rate-limits
 */
export const discord: RobotFormat = {
  label: 'Discord',
  owns: ({ host, pathname }) =>
    /^((canary|ptb)\.)?discord(app)?\.com$/.test(host) && pathname.startsWith('/api/webhooks/'),
  takes: { secret: false, chatId: false },
  rate: { requests: 27, perMs: 60_000 },
  limits: { characters: 2000, bytes: 8000, written: escaped },
  request: (text, { url }) => ({
    url,
    body: { content: escaped(text), allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS },
  }),
  judge(answer, now) {
    const { status } = answer
    const { message, retry_after: seconds } = fieldsOf(answer)
    const words = `${status} ${message ?? ''}`.trim()
    if (status === 204) return accepted(answer)
    if (status === 400) return unfitMessage(answer, words)
    if (status === 429) {
      return tooFast(answer, words, typeof seconds === 'number' ? Math.ceil(seconds * 1000) : null)
    }
    return [401, 403, 404].includes(status)
      ? refusedForGood(answer, `the webhook of the channel is gone: ${words}`)
      : byStatus(answer, now)
  },
}

const LINK = /https?:\/\/\S+/g
const MARKUP = /[\\*_~`|>#[\]()<-]/g

/** Names must not format, and links must stay as they are. */
function escaped(text: string): string {
  const links = text.match(LINK) ?? []
  return text
    .split(LINK)
    .map((part, at) => part.replace(MARKUP, '\\$&') + (links[at] ?? ''))
    .join('')
}

import type { RobotFormat } from '#webhooks/formats/robot_format'
import { accepted, byStatus, refusedForGood, unfitMessage } from '#webhooks/formats/robot_answer'

/**
 * Incoming webhooks of Slack. One message a second for a channel; the URL is the secret.
 * Source: api.slack.com/messaging/webhooks, api.slack.com/reference/surfaces/formatting
 */
export const slack: RobotFormat = {
  label: 'Slack',
  owns: ({ host }) => host === 'hooks.slack.com' || host === 'hooks.slack-gov.com',
  takes: { secret: false, chatId: false },
  rate: { requests: 9, perMs: 10_000 },
  limits: { characters: 3000, bytes: 12_000, written: escaped },
  request: (text, { url }) => ({
    url,
    body: { text: escaped(text), mrkdwn: false, unfurl_links: false, unfurl_media: false },
  }),
  judge(answer, now) {
    const words = answer.head.slice(0, 100)
    if (answer.status === 200 && answer.head.trim() === 'ok') return accepted(answer)
    if (answer.status === 400) return unfitMessage(answer, words)
    return [403, 404, 410].includes(answer.status)
      ? refusedForGood(answer, `the webhook of the channel is gone or switched off: ${words}`)
      : byStatus(answer, now)
  },
}

/** The three signs that mean something in every text of Slack: `<!channel>` notifies the whole group. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

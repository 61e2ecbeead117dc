import type { Reader } from '#chat/reader'

/** What a channel still carries until the user writes. */
export interface ChatBudget {
  /** Messages after this one; null: any number. */
  left: number | null
  /** When the chat closes unless the user writes, in epoch milliseconds; null: never. */
  openUntil: number | null
}

/** With more than so many left there is no need to say it below each message. */
const SOON = 3

/** What a message of one launch says below it: only when the end is near. */
export function singleFooter(budget: ChatBudget, reader: Reader): string | null {
  return budget.left !== null && budget.left <= SOON ? digestFooter(budget, reader) : null
}

/** What stands below a digest: what is left, and that any word brings it back. */
export function digestFooter({ left, openUntil }: ChatBudget, { t, moment }: Reader) {
  if (left === null) {
    return null
  }
  if (left <= 0) {
    return t('footer.last')
  }
  return openUntil === null
    ? t('footer.left', { left })
    : t('footer.leftUntil', { left, until: moment(openUntil) })
}

/** A message that only asks for a word, so that the chat stays open. */
export function keepAliveText(budget: ChatBudget, counted: number, { t, moment }: Reader): string {
  const { openUntil } = budget
  const lines = [
    t('keepalive.ask', { until: openUntil === null ? '' : moment(openUntil) }),
    counted > 0 ? t('keepalive.counted', { count: counted }) : null,
    t('keepalive.how'),
  ]
  return lines.filter((line) => line !== null).join('\n')
}

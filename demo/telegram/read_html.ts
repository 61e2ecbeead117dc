/** The tags that Telegram knows, of those that have no attributes, and links. */
const TAGS = ['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'blockquote', 'a']

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** What is wrong with a text in HTML, in the words of Telegram. */
export class UnreadableHtml extends Error {}

/**
 * The text of a message as people see it: the limits of Telegram are for that.
 *
 * @throws UnreadableHtml as Telegram refuses it (core.telegram.org/bots/api#html-style)
 */
export function readHtml(html: string): string {
  const open: string[] = []
  const text = html.replace(
    /<(\/?)([^\s>]*)[^>]*>|<|&(#\d+|\w+);/g,
    (found, close, tag, entity) => {
      if (entity !== undefined) {
        return (
          ENTITIES[entity] ?? (/^#/.test(entity) ? String.fromCodePoint(+entity.slice(1)) : found)
        )
      }
      if (tag === undefined || !TAGS.includes(tag)) {
        throw new UnreadableHtml(`Unsupported start tag "${tag ?? ''}"`)
      }
      if (!close) open.push(tag)
      else if (open.pop() !== tag) throw new UnreadableHtml(`Unexpected end tag "${tag}"`)
      return ''
    }
  )
  if (open.length > 0) throw new UnreadableHtml(`Can't find end tag corresponding to "${open[0]}"`)
  return text
}

/** What Telegram makes a link of by itself in a text that people wrote. */
export function linksIn(text: string): string[] {
  return text.match(/(?<!\w)@\w{3,}|https?:\/\/\S+|(?:[a-z\d-]+\.)+[a-z]{2,}(?=\W|$)/gi) ?? []
}

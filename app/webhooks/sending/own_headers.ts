import { Refusal } from '#foundation/errors'

/** What requests are made of, and what receivers know us by. */
const RESERVED = [
  ...['connection', 'content-length', 'content-type', 'expect', 'host', 'keep-alive', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade', 'user-agent'],
]
const RESERVED_PREFIX = 'webhook-'

const NAME = /^[\w!#$%&'*+.^`|~-]+$/
const VALUE = /^[\t\x20-\x7E\x80-\xFF]*$/

/**
 * The headers that an endpoint gets on top of ours, with names in lower case.
 *
 * @throws Refusal for a reserved or impossible name, and a value that is not one line of
 * Latin text
 */
export function ownHeaders(headers: Record<string, string> | null): Record<string, string> {
  const entries = Object.entries(headers ?? {}).map(([name, value]): [string, string] => {
    const lower = name.toLowerCase()
    if (!NAME.test(name)) {
      throw Refusal.invalid(
        'headers',
        `${JSON.stringify(name)} is not a header name. Example: X-Api-Key`
      )
    }
    if (RESERVED.includes(lower) || lower.startsWith(RESERVED_PREFIX)) {
      throw Refusal.invalid('headers', `The header ${name} is set by Regou: choose another name`)
    }
    if (typeof value !== 'string' || !VALUE.test(value)) {
      throw Refusal.invalid('headers', `The header ${name} must be one line of plain text`)
    }
    return [lower, value]
  })
  return Object.fromEntries(entries)
}

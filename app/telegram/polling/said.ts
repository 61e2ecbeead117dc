import type { UpdateChat } from '#telegram/bot_api/updates'

/** What was said to the bot. */
export interface Said {
  /** Without the name of the bot. */
  text: string
  /** The code behind `/start`; null: there is none. */
  code: string | null
  isStart: boolean
  /** It is meant for this bot and no other: said to it alone, or with its name. */
  isAddressed: boolean
}

/** A command, and the bot that it names: core.telegram.org/bots/features#commands */
const COMMAND = /^\/(\w+)(?:@(\w+))?(?:\s+|$)/

/** What a link to the bot hands over: core.telegram.org/bots/features#deep-linking */
const CODE = /^[\w-]{16,64}$/

/**
 * What words to a bot mean; null: they are for others. In groups only commands are looked at: people
 * speak to each other there.
 *
 * @param username of this bot, without the `@`
 */
export function saidOf(text: string, kind: UpdateChat['kind'], username: string): Said | null {
  const [whole, name, to] = COMMAND.exec(text) ?? []
  const isOurs = to?.toLowerCase() === username.toLowerCase()
  if (whole === undefined) {
    return kind === 'private' ? { text, code: null, isStart: false, isAddressed: true } : null
  }
  if (to !== undefined && !isOurs) {
    return null
  }
  const rest = text.slice(whole.length).trim()
  const isStart = name!.toLowerCase() === 'start'
  return {
    text: `/${name} ${rest}`.trim(),
    code: isStart && CODE.test(rest) ? rest : null,
    isStart,
    isAddressed: kind === 'private' || isOurs,
  }
}

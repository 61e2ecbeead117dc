import { isRefusal } from '#foundation/errors'
import { LAUNCH_KINDS } from '#facts/launch'
import { nearestWord } from '#foundation/text/nearest_word'
import { displayText } from '#feed/display_text'
import { launchpads } from '#sources/venues'
import type { Switch } from '#accounts/subscriptions'
import { venuesOf } from '#chat/commands/arguments'
import { changed, type Asked, type Command, type Reply } from '#chat/commands/command'
import { switchLine } from '#chat/commands/preference_lines'
import { launchFilter } from '#chat/preferences/launch_filter'
import { changePreferences } from '#chat/preferences/preferences'
import { kindOf, withChoices, type Choice } from '#chat/preferences/switches'

/** `/sub four`, `/sub four created name:pepe`: turns launches on, all or those that a filter picks. */
export const sub: Command = {
  name: 'sub',
  aliases: ['subscribe', '订阅'],
  async reply(asked) {
    const wish = wishOf(asked.words)
    if (!wish) return withoutVenue(asked)

    const { switches, filter } = wish
    try {
      if (filter !== '') launchFilter(filter)
    } catch (error) {
      if (!isRefusal(error, 'invalid_parameter')) throw error
      const { t } = asked.reader
      const problem = t(`filterFaults.${error.fault}`, { problem: error.message })
      return t('sub.badFilter', { filter: displayText(filter), problem })
    }
    return choose(asked, switches, filter)
  },
}

/** `/unsub four`, `/unsub four created`: turns launches off. */
export const unsub: Command = {
  name: 'unsub',
  aliases: ['unsubscribe', '退订', '取消订阅'],
  async reply(asked) {
    const wish = wishOf(asked.words)
    return wish ? choose(asked, wish.switches, false) : withoutVenue(asked)
  },
}

/** The switches that are meant and the words of the filter; null: no venue is among the words. */
function wishOf(words: readonly string[]): { switches: Switch[]; filter: string } | null {
  const venues = words.flatMap((word) => venuesOf(word) ?? [])
  const kinds = words.flatMap((word) => kindOf(word) ?? [])
  const filter = words.filter((word) => venuesOf(word) === null && kindOf(word) === null)
  if (venues.length === 0) {
    return null
  }
  const switches = venues.flatMap(({ name: source }) =>
    (kinds.length > 0 ? kinds : LAUNCH_KINDS).map((kind) => ({ source, kind }))
  )
  return { switches, filter: filter.join(' ') }
}

async function choose(asked: Asked, switches: Switch[], choice: Choice): Promise<Reply> {
  const { user, chat, reader, clock } = asked
  await changePreferences(
    { userId: user.id, channel: chat.channel },
    (preference) => ({ switches: withChoices(preference, switches, choice) }),
    clock
  )
  const lines = switches.map((one) => switchLine(one, choice, reader))
  const isCounted = choice === '' && switches.some(({ kind }) => kind === 'created')
  return changed([...lines, ...(isCounted ? [reader.t('sub.counted')] : [])].join('\n'))
}

function withoutVenue({ words, reader }: Asked): string {
  const venues = launchpads().map(({ name }) => name)
  const [word] = words
  const meant = word === undefined ? null : nearestWord(word, venues)
  const list = venues.join(', ')
  return word === undefined
    ? reader.t('sub.which', { venues: list, example: venues[0] })
    : reader.t(meant ? 'sub.meant' : 'sub.unknown', {
        word: displayText(word),
        meant,
        venues: list,
      })
}

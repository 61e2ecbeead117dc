import { nearestWord } from '#foundation/text/nearest_word'
import { displayText } from '#feed/display_text'
import { placesOf } from '#chat/commands/arguments'
import { changed, type Asked, type Command, type Reply } from '#chat/commands/command'
import { filterFaultText, switchLine } from '#chat/commands/preference_lines'
import type { ChatSwitch, Choice, Place } from '#chat/kinds/chat_kind'
import { filterFault } from '#chat/kinds/fact_filter'
import { allPlaces, chatSwitches, happeningsOf, kindOfSwitch } from '#chat/kinds/registry'
import { changePreferences } from '#chat/preferences/preferences'
import { withChoices } from '#chat/preferences/switches'

/** `/sub four`, `/sub four created name:pepe`: turns switches on, for all or for what a filter picks. */
export const sub: Command = {
  name: 'sub',
  aliases: ['subscribe', '订阅'],
  async reply(asked) {
    const wish = wishOf(asked.words)
    if (!wish) return withoutPlace(asked)
    if (wish.switches.length === 0) return withoutHappening(wish, asked)

    const { switches, filter } = wish
    const faults = switches.map((one) => filter && filterFault(kindOfSwitch(one), filter))
    // Of all that is named, a filter is for what it can be used for.
    const usable = switches.filter((_, at) => !faults[at])
    const [fault] = faults
    return fault && usable.length === 0
      ? asked.reader.t('sub.badFilter', {
          filter: displayText(filter),
          problem: filterFaultText(fault, asked.reader),
        })
      : choose(asked, usable, filter)
  },
}

/** `/unsub four`, `/unsub four created`: turns switches off. */
export const unsub: Command = {
  name: 'unsub',
  aliases: ['unsubscribe', '退订', '取消订阅'],
  async reply(asked) {
    const wish = wishOf(asked.words)
    if (!wish) return withoutPlace(asked)
    return wish.switches.length === 0
      ? withoutHappening(wish, asked)
      : choose(asked, wish.switches, false)
  },
}

interface Wish {
  places: readonly Place[]
  switches: ChatSwitch[]
  filter: string
}

/** What is meant, and the words of the filter; null: no place is among the words. */
function wishOf(words: readonly string[]): Wish | null {
  const places = words.flatMap((word) => placesOf(word) ?? [])
  const happenings = words.flatMap(happeningsOf)
  const filter = words.filter((word) => !placesOf(word) && happeningsOf(word).length === 0)
  const switches = chatSwitches().filter(
    ({ source, kind }) =>
      places.some(({ name }) => name === source) &&
      (happenings.length === 0 || happenings.includes(kind))
  )
  return places.length > 0 ? { places, switches, filter: filter.join(' ') } : null
}

async function choose(asked: Asked, switches: ChatSwitch[], choice: Choice): Promise<Reply> {
  const { user, reader, clock } = asked
  await changePreferences(
    user.id,
    (preference) => ({ switches: withChoices(preference, switches, choice) }),
    clock
  )
  const lines = switches.map((one) => switchLine(one, choice, reader))
  const isCounted = choice === '' && switches.some(isOnlyCounted)
  return changed([...lines, ...(isCounted ? [reader.t('sub.counted')] : [])].join('\n'))
}

function isOnlyCounted(one: ChatSwitch): boolean {
  return kindOfSwitch(one).happenings[one.kind]!.isCounted === true
}

/** What was named does not happen there. */
function withoutHappening({ places }: Wish, { reader: { t } }: Asked): string {
  const names = places.map(({ name }) => name)
  const there = chatSwitches().filter(({ source }) => names.includes(source))
  const kinds = new Set(there.map(({ kind }) => kind))
  return t('sub.kinds', {
    venue: places.map(({ label }) => label).join(', '),
    kinds: [...kinds].join(', '),
  })
}

function withoutPlace({ words, reader }: Asked): string {
  const places = allPlaces().map(({ name }) => name)
  const [word] = words
  const meant = word === undefined ? null : nearestWord(word, places)
  const list = places.join(', ')
  return word === undefined
    ? reader.t('sub.which', { venues: list, example: places[0] })
    : reader.t(meant ? 'sub.meant' : 'sub.unknown', {
        word: displayText(word),
        meant,
        venues: list,
      })
}

import type { FactRow } from '#facts/define_fact'
import { displayText } from '#feed/display_text'
import { quoteSymbol } from '#facts/quote_assets'
import { launchpads } from '#sources/venues'
import type { ChatKind } from '#chat/kinds/chat_kind'
import { textField } from '#chat/kinds/fact_filter'
import { readLaunchEntries } from '#chat/kinds/launch_entry'

/** Tokens that are launched, thousands a day, and that graduate, some fifty. */
export const launches: ChatKind = {
  name: 'launches',
  factTypes: ['launch'],
  places: launchpads,
  happenings: {
    created: { atFirst: false, words: ['created', 'new', '发行', '新币', '创建'], isCounted: true },
    graduated: { atFirst: '', words: ['graduated', 'graduation', '毕业'] },
  },
  fields: {
    name: textField((launch) => [namesOf(launch)]),
    symbol: textField(({ symbol }) => [shown(symbol)]),
    creator: textField(({ creator }) => [String(creator ?? '')]),
    quote: textField(({ quote_address: quote }) => [
      (quoteSymbol(quote as string) ?? '').toLowerCase(),
    ]),
  },
  plainField: 'name',
  followed: ({ token_address: token, creator }) => [String(token), String(creator)],
  named: namesOf,
  readEntries: readLaunchEntries,
}

/** A launch is compared with the filters of many users, one after another. */
const names = new WeakMap<FactRow, string>()

/** Symbol and name as pages show them: invisible characters between the letters hide nothing. */
function namesOf(launch: FactRow): string {
  const known = names.get(launch) ?? `${shown(launch.symbol)} ${shown(launch.name)}`
  names.set(launch, known)
  return known
}

function shown(text: unknown): string {
  return (displayText(text as string | null) ?? '').toLowerCase()
}

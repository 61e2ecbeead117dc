import { displayText } from '#feed/display_text'
import { factTypeOf, factTypes, eventTypeOf, happenedAt } from '#facts/registry'
import { publicFact } from '#facts/public_fact'
import type { FactRow } from '#facts/define_fact'
import type { ChatEntry, Told } from '#chat/kinds/chat_kind'
import { timeLine } from '#chat/messages/time_line'
import type { Reader } from '#chat/reader'

/** More fields than these make a message that is not read. */
const MOST_FIELDS = 12

/** Values longer than these are payloads and not words, in characters. */
const LONGEST_VALUE = 120

/** A line of a digest names what it is about by the first of these that it has. */
const SUBJECTS = [
  'symbol',
  'token_address',
  'address',
  'owner_address',
  'inst_id',
  'currency',
  'id',
]

/** Facts that have no words of their own: the type of the event, and what its fields say. */
export function readOtherEntries(told: readonly Told[], reader: Reader): ChatEntry[] {
  return told.map((one) => otherEntry(one, reader))
}

function otherEntry({ factType, fact }: Told, reader: Reader): ChatEntry {
  const type = factTypeOf(factType)
  const name = eventTypeOf(type, fact)
  const fields = fieldsOf(publicFact(factType, fact))
  const happened = happenedAt(factType, fact)
  const [, subject] = fields.find(([key]) => SUBJECTS.includes(key)) ?? ['', '']
  const line = [`▫️ ${name}`, subject].filter(Boolean).join(' · ')
  return {
    countedAs: 'other',
    happenedAt: happened,
    line,
    removedLine: reader.t('digest.removed', { kind: name, what: '', address: subject }),
    text: ({ now, footer }) =>
      [
        `▫️ ${name}`,
        ...fields.slice(0, MOST_FIELDS).map(([key, value]) => `${key}: ${value}`),
        timeLine({ happenedAt: happened, isOnChain: factTypes[type].isOnChain }, now, reader),
        footer,
      ]
        .filter((part) => part !== null)
        .join('\n'),
  }
}

/** What people can read of a fact, cleaned: names on the chain are what others wrote. */
function fieldsOf(fact: FactRow): [string, string][] {
  return Object.entries(fact).flatMap(([key, value]) => {
    if (value === null || typeof value === 'object') return []
    const text = String(value).length > LONGEST_VALUE ? null : displayText(String(value))
    return text === null ? [] : [[key, text]]
  })
}

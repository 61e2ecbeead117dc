import accountsConfig from '#config/accounts'
import { shortAddress } from '#foundation/text/short_address'
import type { FactRow } from '#facts/define_fact'
import { groupedAmount, readableAmount } from '#feed/amount_text'
import { switchOf, type ChatEntry, type Sending, type Told } from '#chat/kinds/chat_kind'
import { timeLine } from '#chat/messages/time_line'
import type { Reader } from '#chat/reader'

/** A TRX has a million sun. */
export const SUN_PER_TRX = 1_000_000n
const DECIMALS = 6

/** Records of stake on TRON as messages tell of them, in the order given. */
export async function readTronEntries(told: readonly Told[], reader: Reader): Promise<ChatEntry[]> {
  return told.map((one) => tronEntry(one, reader))
}

function tronEntry(told: Told, reader: Reader): ChatEntry {
  const { fact } = told
  const { t } = reader
  const { kind } = switchOf(told)
  const title = `${t(`marks.${kind}`)} ${t(`tron.titles.${kind}`)}`
  const amount = amountOf(fact, (sun) => readableAmount(sun, reader.locale, DECIMALS), reader)
  const owner = String(fact.owner_address)
  return {
    countedAs: 'tron',
    happenedAt: Number(fact.event_time),
    line: [title, amount, resourceOf(fact, reader), whoIn(fact)]
      .filter((part) => part !== null)
      .join(' · '),
    removedLine: t('digest.removed', { kind: t(`kinds.${kind}`), what: amount, address: owner }),
    text: (sending) => tronText(fact, `${title} · TRON`, reader, sending),
  }
}

/** One record as a message of its own: each address alone on its line, where a long press copies it. */
function tronText(
  fact: FactRow,
  title: string,
  reader: Reader,
  { now, hasLinks, footer }: Sending
): string {
  const { t, words, moment } = reader
  const { receiver_address: receiver, available_time: available, locked_until: locked } = fact
  const amount = amountOf(fact, (sun) => groupedAmount(sun, reader.locale, DECIMALS), reader)
  const happened = { happenedAt: Number(fact.event_time), isOnChain: true }
  const proof = proofOf(fact)
  const lines = [
    title,
    [amount, resourceOf(fact, reader)].filter((part) => part !== null).join(' · '),
    String(fact.owner_address),
    receiver ? `${t('tron.for')}\n${receiver}` : null,
    available ? t('tron.available', { time: moment(Number(available)) }) : null,
    locked ? t('tron.locked', { time: moment(Number(locked)) }) : null,
    fact.status === 'provisional' ? t('tron.provisional') : null,
    proof === null ? null : t('tron.proof', { state: words(`tron.states.${proof}`) }),
    timeLine(happened, now, reader),
    hasLinks && accountsConfig.appUrl
      ? `${accountsConfig.appUrl}/tron/${fact.owner_address}`
      : null,
    footer,
  ]
  return lines.filter((line) => line !== null).join('\n')
}

function amountOf({ amount }: FactRow, text: (sun: string) => string, { t }: Reader): string {
  return amount === null ? t('tron.unknownAmount') : `${text(String(amount))} TRX`
}

/** A withdraw takes what was frozen for any resource. */
function resourceOf({ resource_type: resource }: FactRow, { words }: Reader): string | null {
  return resource ? words(`tron.resources.${resource}`) : null
}

function whoIn({ owner_address: owner, receiver_address: receiver }: FactRow): string {
  return [owner, receiver]
    .filter((address) => typeof address === 'string')
    .map(shortAddress)
    .join(' → ')
}

/** What stands behind the amount, which may be less than what stands behind its block; null: the clock. */
function proofOf({ proof_state: proof, info_state: info }: FactRow): string | null {
  const isInBlock = info === undefined || info === 'not_needed'
  return (isInBlock ? (proof as string | undefined) : String(info)) ?? null
}

import accountsConfig from '#config/accounts'
import type { FactRow } from '#facts/define_fact'
import { switchOf, type ChatEntry, type Sending, type Told } from '#chat/kinds/chat_kind'
import { timeLine } from '#chat/messages/time_line'
import type { Reader } from '#chat/reader'

/** What happens on accounts at OKX as messages tell of it, in the order given. */
export async function readOkxEntries(told: readonly Told[], reader: Reader): Promise<ChatEntry[]> {
  return told.map((one) => okxEntry(one, reader))
}

function okxEntry(told: Told, reader: Reader): ChatEntry {
  const { fact } = told
  const { t } = reader
  const { kind } = switchOf(told)
  const title = `${t(`marks.${kind}`)} ${t(`okx.titles.${kind}`)}`
  const what = partsOf(kind, fact, reader)
  return {
    countedAs: 'okx',
    happenedAt: Number(fact.event_time),
    line: [title, ...what].join(' · '),
    removedLine: t('digest.removed', {
      kind: t(`kinds.${kind}`),
      what: what.join(' · '),
      address: '',
    }),
    text: (sending) => okxText(fact, [`${title} · OKX`, what.join(' · ')], reader, sending),
  }
}

/** One event as a message of its own: the order's number alone on its line, where a long press copies it. */
function okxText(
  fact: FactRow,
  head: readonly string[],
  reader: Reader,
  { now, hasLinks, footer }: Sending
): string {
  const { t, words } = reader
  const number = textOf(fact.ord_id) ?? textOf(fact.cl_ord_id) ?? textOf(fact.algo_id)
  const happened = { happenedAt: Number(fact.event_time), isOnChain: false }
  const {
    liquidation,
    reason,
    error_code: error,
    differing_fields: differing,
    retried_by: retriedBy,
  } = fact
  const lines = [
    ...head,
    liquidation ? `⚠️ ${t(`okx.forced.${liquidation}`)}` : null,
    reason ? words(`orders.reasons.${reason}`) : null,
    error ? words(`orders.errors.${error}`) : null,
    differing ? t('okx.differing', { fields: String(differing) }) : null,
    retriedBy ? words('orders.toasts.retried') : null,
    number === null ? null : `${t('okx.order')}\n${number}`,
    fact.environment === 'demo' ? t('okx.demo') : null,
    timeLine(happened, now, reader),
    hasLinks && accountsConfig.appUrl ? `${accountsConfig.appUrl}/orders` : null,
    footer,
  ]
  return lines.filter((line) => line !== null).join('\n')
}

/** What it is about, the most telling first. */
function partsOf(kind: string, fact: FactRow, reader: Reader): string[] {
  const { t } = reader
  const number = (value: unknown) => numberText(value, reader)
  const parts = {
    order_filled: () => [sided(fact, fact.acc_fill_sz, fact.avg_px, reader), feeOf(fact, reader)],
    order_updated: () => [sided(fact, fact.sz, fact.px, reader), stateOf(fact, reader)],
    order_algo: () => [sided(fact, fact.sz, triggerOf(fact), reader), stateOf(fact, reader)],
    execution_reported: () => [
      sided(fact, fact.fill_sz, fact.fill_px, reader),
      feeOf(fact, reader),
    ],
    position_closed: () => [number(fact.previous_pos)],
    position_changed: () => [`${number(fact.previous_pos) ?? 0} → ${number(fact.pos)}`],
    balance_changed: () => [
      fact.ccy,
      `${number(fact.previous_cash_bal) ?? '?'} → ${number(fact.cash_bal)}`,
    ],
    verification_succeeded: () => [fact.completeness && t(`okx.completeness.${fact.completeness}`)],
    verification_failed: () => [],
  }[kind]
  return [fact.inst_id, ...(parts?.() ?? [])].flatMap((part) => textOf(part) ?? [])
}

/** `buy 1 @ 117,612.7`, in contracts for derivatives, as OKX counts them. */
function sided(fact: FactRow, size: unknown, price: unknown, reader: Reader): string {
  const side = textOf(fact.side)
  const at = numberText(price, reader)
  return [
    side && reader.words(`orders.sides.${side}`),
    numberText(size, reader),
    at === null || at === '0' ? null : `@ ${at}`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The price that an algo order waits for, where it is one. */
function triggerOf({
  trigger_px: px,
  tp_trigger_px: takeProfit,
  sl_trigger_px: stopLoss,
}: FactRow) {
  return px ?? takeProfit ?? stopLoss
}

/** OKX writes what it takes with a minus. */
function feeOf({ fee, fee_ccy: ccy }: FactRow, reader: Reader): string | null {
  const amount = numberText(fee, reader)
  return amount === null || amount === '0' || !ccy
    ? null
    : reader.t('okx.fee', { fee: `${amount} ${ccy}` })
}

/** States that OKX adds later have no words here. */
function stateOf({ state }: FactRow, { t }: Reader): string | null {
  return KNOWN_STATES.includes(String(state)) ? t(`okx.states.${state}`) : textOf(state)
}

const KNOWN_STATES = [
  ...['live', 'partially_filled', 'filled', 'canceled', 'mmp_canceled', 'gone'],
  ...['pause', 'partially_effective', 'effective', 'order_failed', 'partially_failed'],
]

/** Every digit that OKX tells, in groups. */
function numberText(value: unknown, { locale }: Reader): string | null {
  const text = textOf(value)
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
  return text === null ? null : format.format(text as Intl.StringNumericLiteral)
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : String(value)
}

import { BUSY_TOKEN } from '#benchmarks/api/stored_rows'

/** A list, and what it is asked beside nothing. */
export interface AskedList {
  path: string
  questions: readonly string[]
}

/** In every twentieth launch and trade. */
const WHALE = `0x${'e'.repeat(40)}`
/** In one of five thousand. */
const RARE_QUOTE = `0x${'c'.repeat(40)}`
const UNKNOWN = `0x${'9'.repeat(40)}`

/** Blocks and times that match nothing, the oldest rows, or all. */
const RANGES = [
  ...['from_block=1', 'to_block=1', 'from_block=999999999', 'to_block=60010000'],
  ...['from_block=60005000&to_block=60005100', 'since=1', 'since=3500000000000', 'until=1'],
]

const ON_CHAIN = [
  ...['source=four', 'source=pancake', 'source=gmgn'],
  ...[`token_address=${BUSY_TOKEN}`, `token_address=${UNKNOWN}`, `pool_id=${UNKNOWN}`],
  ...[`quote_address=${RARE_QUOTE}`, `quote_address=${UNKNOWN}`],
  ...[...RANGES, `source=gmgn&until=1`, `source=four&quote_address=${UNKNOWN}`],
]

const DELIVERIES = [
  ...['sent', 'failed', 'pending', 'sending', 'held', 'expired'].map((state) => `state=${state}`),
  ...['trade.executed', 'launch.graduated', 'payment.credited'].map((type) => `event_type=${type}`),
  ...['endpoint_id=1', 'endpoint_id=1&state=failed', 'endpoint_id=1&event_type=launch.graduated'],
  ...['endpoint_id=7&event_type=pool.created', 'since=3500000000000', 'until=1'],
  ...[`token_address=${UNKNOWN}`, `token_address=${BUSY_TOKEN}`],
  ...['state=failed', 'state=sent', 'endpoint_id=1', 'event_type=launch.created'].map(
    (other) => `token_address=${BUSY_TOKEN}&${other}`
  ),
]

/** Tabs, orders and limits of the feed: those that leave all, few or none, and that have nothing to do with the order. */
const FIGURES = [
  ...['age', 'cap', 'liquidity', 'progress', 'volume', 'buys', 'sells'].map(
    (sort) => `sort=${sort}&window=1h&quote=USDT`
  ),
  ...['stage=nearly&sort=cap', 'kind=graduated&sort=liquidity&source=flap', 'quote=CAKE&sort=cap'],
  ...['cap_min=10', 'cap_min=999&sort=volume', 'progress_min=99&sort=buys', 'q=T12&sort=cap'],
  ...['cap_max=1&liquidity_min=900&sort=sells', 'volume_min=9000&buys_max=10&sort=cap'],
]

export const LISTS: readonly AskedList[] = [
  {
    path: '/api/events/latest',
    questions: ['source=four', 'source=flap', 'source=gmgn', 'kind=graduated'],
  },
  {
    path: '/api/v1/launches',
    questions: [
      ...[...ON_CHAIN, 'kind=created', 'kind=graduated', 'source=four&kind=graduated'],
      ...[`creator=${WHALE}`, `creator=${WHALE}&source=pancake`, `creator=${WHALE}&until=1`],
    ],
  },
  {
    path: '/api/v1/trades',
    questions: [
      ...[...ON_CHAIN, 'side=sell', 'side=sell&source=gmgn', `trader=${WHALE}`],
      ...[`trader=${WHALE}&side=buy`, `trader=${WHALE}&until=1`, `trader=${UNKNOWN}`],
      ...[`trader=${WHALE}&token_address=${BUSY_TOKEN}`, `token_address=${BUSY_TOKEN}&to_block=1`],
    ],
  },
  {
    path: '/api/v1/pools',
    questions: [...ON_CHAIN, 'kind=v2', 'kind=infinity', `creator=${UNKNOWN}`],
  },
  {
    path: '/api/v1/ocr/wallets',
    questions: [
      ...['msg_id=msg-77', 'group_id=group-7', 'wallet_code=code-7', 'wx_id=wx-7'],
      ...['wx_id=wx-7&group_id=group-8', 'until=1', 'since=3500000000000'],
    ],
  },
  { path: '/api/v1/webhook/deliveries', questions: DELIVERIES },
  { path: '/', questions: ['source=four', 'source=gmgn', 'kind=graduated', ...FIGURES] },
]

/** The address of a question; the newest events name the source in the path. */
export function addressOf({ path }: AskedList, question: string): string {
  const source = /^source=(\w+)$/.exec(question)?.[1]
  if (path === '/api/events/latest' && source) {
    return `${path}/${source}`
  }
  return question === '' ? path : `${path}?${question}`
}

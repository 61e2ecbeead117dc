import { POOLS } from '#benchmarks/api/pools'

/** What the database of the benchmark holds, as expressions over the number `n` of each row. */

/** How many rows there are of what the claims are about; all else follows. */
export interface Size {
  launches: number
  trades: number
  jobs: number
}

interface FilledTable {
  table: string
  count: (size: Size) => number
  columns: Record<string, string>
}

/** Every twentieth trade is of this one: the token that is traded most. */
export const BUSY_TOKEN = `0x${'b'.repeat(40)}`

export const ENDPOINTS = 1000

const START = 1_750_000_000_000
const STEP_MS = 3000

const address = (kind: string, n: string) => `printf('0x${kind}%039x', ${n})`
const hash = (kind: string, n: string) =>
  `printf('0x${kind}%031x%032x', (${n}) * 2654435761 % 4294967296, ${n})`

/** A row for so many of a table's rows lies so much later than the one before it. */
const onChain = (perLaunch: number) => ({
  chain_id: '56',
  log_index: 'n % 97',
  block_number: `60000000 + n * ${4 / perLaunch}`,
  block_hash: hash('b', 'n'),
  event_time: `${START} + n * ${STEP_MS / perLaunch}`,
  created_at: `${START} + 1200 + n * ${STEP_MS / perLaunch}`,
  planned_at: `${START} + 1300 + n * ${STEP_MS / perLaunch}`,
  webhook_sent: '1',
})

/** A number from 0 to 1000 that looks drawn. */
const drawn = (which: number) => `(n * ${which} * 2654435761 % 1000003) / 1000.0`

const SOURCE = `case when n % 1000 = 7 then 'pancake' when n % 3 = 0 then 'flap' else 'four' end`
const QUOTE = `case when n % 5000 = 11 then '0x${'c'.repeat(40)}' else '0x${'0'.repeat(40)}' end`

export const TABLES: readonly FilledTable[] = [
  {
    table: 'users',
    count: () => 20_000,
    columns: {
      wallet_address: address('f', 'n'),
      created_at: `${START} + n`,
      updated_at: `${START} + n`,
    },
  },
  {
    table: 'deposit_addresses',
    count: () => 20_000,
    columns: {
      chain_id: '56',
      address: address('d', 'n'),
      derivation_index: 'n',
      user_id: 'n',
      opening_block: '1',
      opening_balance: `'0'`,
      opening_nonce: '0',
      seen_block: '1',
      seen_balance: `'0'`,
      seen_nonce: '0',
      created_at: `${START}`,
    },
  },
  {
    table: 'payments',
    count: () => 50_000,
    columns: {
      chain_id: '56',
      address_id: '1 + n % 20000',
      address: address('d', '1 + n % 20000'),
      owner_id: 'case when n % 10000 = 3 then null else 1 + n % 20000 end',
      amount: `'10000000000000000'`,
      from_block: 'n',
      to_block: 'n',
      position: '0',
      balance_before: `'0'`,
      balance_after: `'10000000000000000'`,
      event_time: `${START} + n`,
      created_at: `${START} + n`,
      planned_at: `${START} + n`,
      webhook_sent: '1',
    },
  },
  {
    table: 'launch_events',
    count: ({ launches }) => launches,
    columns: {
      ...onChain(1),
      source: SOURCE,
      kind: `case when n % 100 = 1 then 'graduated' else 'created' end`,
      token_address: address('1', 'n'),
      symbol: `'T' || n`,
      name: `'Token number ' || n`,
      creator: `case when n % 20 = 0 then '0x${'e'.repeat(40)}' else ${address('2', 'n % 50000')} end`,
      quote_address: QUOTE,
      pool_id: address('1', 'n'),
      metadata_uri: `'https://example.com/' || n`,
      launch_tx: hash('1', 'n'),
      raw: `'{}'`,
    },
  },
  {
    table: 'pools',
    count: ({ launches }) => launches * 0.3,
    columns: {
      ...onChain(0.3),
      source: SOURCE,
      kind: `case when n % 100 = 1 then 'v2' else 'curve' end`,
      pool_id: address('1', 'n'),
      creator: address('2', 'n % 50000'),
      token_address: `case when n = 1 then '${BUSY_TOKEN}' else ${address('1', 'n')} end`,
      quote_address: QUOTE,
      tx_hash: hash('2', 'n'),
    },
  },
  {
    table: 'trades',
    count: ({ trades }) => trades,
    columns: {
      ...onChain(4),
      source: SOURCE,
      pool_id: address('1', 'n % 300000'),
      trader: `case when n % 20 = 3 then '0x${'e'.repeat(40)}' else ${address('3', 'n * 7919 % 200000')} end`,
      token_address: `case when n % 20 = 0 then '${BUSY_TOKEN}' else ${address('1', '(n * 31) % 300000')} end`,
      side: `case when n % 2 = 0 then 'buy' else 'sell' end`,
      quote_address: QUOTE,
      quote_amount: `'1000000000000000'`,
      base_amount: `'5000000000000000000000'`,
      fee: `'10000000000000'`,
      price: `'200000'`,
      tx_hash: hash('3', 'n'),
    },
  },
  {
    // One of forty tokens was traded in the last day.
    table: 'token_markets',
    count: ({ launches }) => launches,
    columns: {
      chain_id: '56',
      token_address: address('1', 'n'),
      launch_id: 'n',
      source: SOURCE,
      stage: `case when n % 100 = 1 then 'graduated' else 'created' end`,
      created_time: `${START} + n * ${STEP_MS}`,
      quote: `case when n % 50 = 0 then 'USDT' else 'BNB' end`,
      price: `'200000'`,
      price_quote: QUOTE,
      cap: drawn(7),
      liquidity: drawn(11),
      progress: `${drawn(13)} % 100`,
      ...Object.fromEntries(
        ['5m', '1h', '24h'].flatMap((window, index) =>
          ['buys', 'sells', 'volume'].map((figure, which) => {
            const value = `cast(${drawn(17 + 3 * index + which)} * ${10 ** index} as integer)`
            return [`${figure}_${window}`, `case when n % 40 = 0 then ${value} else 0 end`]
          })
        )
      ),
    },
  },
  {
    table: 'stake_records',
    count: ({ launches }) => launches,
    columns: {
      operation_type: `case when n % 5 = 0 then 'unfreeze' else 'freeze' end`,
      owner_address: `substr('${POOLS.join('')}', 1 + 34 * (n % ${POOLS.length}), 34)`,
      resource_type: `case when n % 3 = 0 then 'BANDWIDTH' else 'ENERGY' end`,
      amount: `'1000000000'`,
      available_time: `case when n % 5 = 0 then ${START} + n * ${STEP_MS} else null end`,
      info_state: `'not_needed'`,
      network_time: `${START} + n * ${STEP_MS}`,
      status: `'confirmed'`,
      proof_state: `'proven'`,
      permission_id: '0',
      signers: `''`,
      tx_hash: `substr(${hash('4', 'n')}, 3)`,
      contract_index: '0',
      chain_id: '728126428',
      block_number: '60000000 + n',
      block_hash: `substr(${hash('b', 'n')}, 3)`,
      tx_index: 'n % 600',
      event_time: `${START} + n * ${STEP_MS}`,
      created_at: `${START} + 60000 + n * ${STEP_MS}`,
      planned_at: `${START} + 60100 + n * ${STEP_MS}`,
      webhook_sent: '1',
    },
  },
  {
    table: 'ocr_wallet_info',
    count: ({ launches }) => launches / 2,
    columns: {
      source_ip: `'127.0.0.1'`,
      msg_id: `'msg-' || n`,
      group_id: `'group-' || (n % 50)`,
      wallet_code: `'code-' || (n % 100000)`,
      serial_no: `'serial-' || n`,
      wx_id: `'wx-' || (n % 1000)`,
      wx_nick_name: `'nick'`,
      create_time: `${START} + n * 6000`,
      created_at: `${START} + n * 6000`,
      planned_at: `${START} + n * 6000`,
      webhook_sent: '1',
    },
  },
  {
    table: 'webhook_endpoints',
    count: () => ENDPOINTS,
    columns: {
      owner_id: 'case when n % 4 = 0 then 1 + n else null end',
      origin: `'table'`,
      url: `'https://example.com/hook/' || n`,
      secrets: `'[]'`,
      event_types: `'["trade.executed"]'`,
      concurrency: '8',
      timeout_ms: '10000',
      state: `case when n % 50 = 0 then 'disabled' else 'active' end`,
      failing_since: `case when n % 40 = 0 then ${START} else null end`,
      created_at: `${START} + n`,
      updated_at: `${START} + n`,
    },
  },
  {
    table: 'delivery_stats',
    count: () => ENDPOINTS * 200,
    columns: {
      channel: `'webhook'`,
      target_id: '1 + n / 200',
      outcome: `case when n % 10 = 0 then 'failed' else 'accepted' end`,
      duration_ms: 'n % 200',
      attempts: '15',
      total_ms: '15 * (n % 200)',
      last_at: `${START} + n`,
    },
  },
  {
    table: 'notification_jobs',
    count: ({ jobs }) => jobs,
    columns: {
      channel: `'webhook'`,
      target_id: `case when n % 2 = 0 then 1 else 2 + n / 2 % ${ENDPOINTS - 1} end`,
      fact_type: `case when n % 10 = 5 then 'launch' else 'trade' end`,
      fact_id: 'n',
      event_type: `case when n % 10000 = 5 then 'launch.graduated' when n % 10 = 5 then 'launch.created' else 'trade.executed' end`,
      event_id: `printf('evt_%036x', n)`,
      token_address: `case when n % 10 = 5 then ${address('1', 'n')} when n % 20 = 0 then '${BUSY_TOKEN}' else ${address('1', '(n * 31) % 300000')} end`,
      status: `case when n % 50 = 9 then 'failed' when n % 500 = 1 then 'expired' when n % 500 = 2 then 'skipped' else 'sent' end`,
      attempts: '1',
      next_attempt_at: `${START} + n * 1000`,
      sent_at: `${START} + n * 1000`,
      created_at: `${START} + n * 1000`,
    },
  },
  {
    table: 'delivery_attempts',
    count: ({ jobs }) => jobs,
    columns: {
      job_id: 'n',
      channel: `'webhook'`,
      target_id: `case when n % 2 = 0 then 1 else 2 + n / 2 % ${ENDPOINTS - 1} end`,
      attempt: '1',
      started_at: `${START} + n * 1000`,
      duration_ms: 'n % 200',
      outcome: `case when n % 50 = 9 then 'failed' else 'accepted' end`,
      http_status: `case when n % 50 = 9 then 500 else 200 end`,
    },
  },
]

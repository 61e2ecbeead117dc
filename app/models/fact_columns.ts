/** The columns of each fact table that leave the house, in the order in which receivers see them. */

const CHAIN_COLUMNS = ['chain_id', 'block_number', 'block_hash', 'log_index', 'event_time'] as const

export const OCR_WALLET_COLUMNS = [
  'id',
  'source_ip',
  'msg_id',
  'group_id',
  'wallet_code',
  'serial_no',
  'wx_id',
  'wx_nick_name',
  'pic_url',
  'create_time',
] as const

export const PUSH_ALERT_COLUMNS = [
  'id',
  'kind',
  'endpoint_id',
  'endpoint',
  'since',
  'ends_at',
  'message',
  'event_time',
] as const

export const PAYMENT_COLUMNS = [
  'id',
  'chain_id',
  'address',
  'amount',
  'sender',
  'tx_hash',
  'from_block',
  'to_block',
  'position',
  'balance_before',
  'balance_after',
  'plan',
  'entitled_until',
  'event_time',
] as const

export const LAUNCH_COLUMNS = [
  'id',
  'source',
  'kind',
  'token_address',
  'symbol',
  'name',
  'creator',
  'quote_address',
  'quote_amount',
  'base_amount',
  'pool_id',
  'metadata_uri',
  'launch_tx',
  ...CHAIN_COLUMNS,
] as const

export const POOL_COLUMNS = [
  'id',
  'source',
  'kind',
  'pool_id',
  'creator',
  'token_address',
  'quote_address',
  'price',
  'base_reserve',
  'quote_reserve',
  'raise_target',
  'progress',
  'tx_hash',
  ...CHAIN_COLUMNS,
] as const

export const TRADE_COLUMNS = [
  'id',
  'source',
  'pool_id',
  'trader',
  'token_address',
  'side',
  'quote_address',
  'quote_amount',
  'base_amount',
  'fee',
  'price',
  'tx_hash',
  ...CHAIN_COLUMNS,
] as const

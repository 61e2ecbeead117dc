import type { ColumnInfo, SchemaRules } from '@adonisjs/lucid/types/schema_generator'

/** A decorator argument written into the generated file as code instead of as a string. */
const code = (source: string) => ({ toString: () => source })

const COLUMN_TYPES = '#models/column_types'

const wide = (args: Record<string, unknown> = {}): ColumnInfo => ({
  tsType: 'number',
  imports: [{ source: COLUMN_TYPES, namedImports: ['toNumber'] }],
  decorators: [{ name: '@column', args: { ...args, consume: code('toNumber') } }],
})

const flag: ColumnInfo = {
  tsType: 'boolean',
  imports: [{ source: COLUMN_TYPES, namedImports: ['toBoolean'] }],
  decorators: [{ name: '@column', args: { consume: code('toBoolean') } }],
}

const json = (tsType: string): ColumnInfo => ({
  tsType,
  imports: [{ source: COLUMN_TYPES, namedImports: ['fromJson', 'toJson'] }],
  decorators: [{ name: '@column', args: { prepare: code('toJson'), consume: code('fromJson') } }],
})

const wei: ColumnInfo = {
  tsType: 'bigint',
  imports: [{ source: COLUMN_TYPES, namedImports: ['toWei', 'fromWei'] }],
  decorators: [{ name: '@column', args: { prepare: code('fromWei'), consume: code('toWei') } }],
}

const optionalWei: ColumnInfo = {
  tsType: 'bigint | null',
  imports: [{ source: COLUMN_TYPES, namedImports: ['toOptionalWei', 'fromWei'] }],
  decorators: [
    { name: '@column', args: { prepare: code('fromWei'), consume: code('toOptionalWei') } },
  ],
}

const sealed: ColumnInfo = {
  tsType: 'SigningSecret[]',
  imports: [
    {
      source: '#models/signing_secret',
      namedImports: ['sealSecrets', 'openSecrets'],
      typeImports: ['SigningSecret'],
    },
  ],
  decorators: [
    {
      name: '@column',
      args: { serializeAs: null, prepare: code('sealSecrets'), consume: code('openSecrets') },
    },
  ],
}

const sealedToken: ColumnInfo = {
  tsType: 'string',
  imports: [{ source: '#models/sealed_text', namedImports: ['sealText', 'openText'] }],
  decorators: [
    {
      name: '@column',
      args: { serializeAs: null, prepare: code('sealText'), consume: code('openText') },
    },
  ],
}

const sealedKey: ColumnInfo = {
  tsType: 'string | null',
  imports: [{ source: '#models/sealed_text', namedImports: ['sealOptional', 'openOptional'] }],
  decorators: [
    {
      name: '@column',
      args: { serializeAs: null, prepare: code('sealOptional'), consume: code('openOptional') },
    },
  ],
}

/**
 * Block numbers and epoch milliseconds fit a JavaScript number. Amounts are text and stay text in
 * facts; where they are reckoned with they are integers.
 */
const rules: SchemaRules = {
  types: {
    bigint: wide(),
    boolean: flag,
  },
  columns: {
    created_at: wide(),
    updated_at: wide(),
  },
  tables: {
    deposit_addresses: { columns: { opening_balance: wei, seen_balance: wei } },
    deposit_outflows: { columns: { amount: wei } },
    unconfirmed_deposits: { columns: { amount: wei } },
    entitlements: { columns: { credit: wei } },
    deposit_tokens: { columns: { amount: wei } },
    entitlement_changes: { columns: { spent: optionalWei, price: optionalWei } },
    payment_quotes: {
      columns: { price: wei, received: wei, spent: wei, base_price: optionalWei },
    },
    payments: { columns: { amount: wei, balance_before: wei, balance_after: wei } },
    chat_preferences: {
      columns: {
        switches: json('Record<string, false | string>'),
        fallback_order: json('string[]'),
      },
    },
    okx_accounts: {
      columns: { api_key: sealedKey, secret_key: sealedKey, passphrase: sealedKey },
    },
    process_heartbeats: {
      columns: { endpoint_marks: json('object[]'), figures: json('Record<string, number>') },
    },
    push_health_checks: { columns: { report: json('object') } },
    verification_jobs: { columns: { differences: json('object[]') } },
    replays: {
      columns: {
        event_types: json('string[]'),
        position: json('Record<string, { after: number; through: number }>'),
      },
    },
    tron_blocks: { columns: { counts: json('Record<string, number>') } },
    tron_account_checks: {
      columns: { state: json('object'), expected: json('object'), difference: json('object') },
    },
    telegram_updates: { columns: { content: json('object') } },
    web_push_subscriptions: { columns: { endpoint: sealedToken, auth: sealedToken } },
    wechat_bot_bindings: { columns: { bot_token: sealedToken } },
    wechat_qr_logins: { columns: { qr_key: sealedToken, content: sealedToken } },
    webhook_endpoints: {
      columns: {
        secrets: sealed,
        event_types: json('string[]'),
        headers: json('Record<string, string>'),
        robot: sealedKey,
        retry_schedule: json('number[]'),
      },
    },
  },
  primaryKey: (_table, [columnName], columns) => {
    const column = columnName && columns[columnName]
    if (!column) {
      return undefined
    }
    const text = { tsType: 'string', decorators: [{ name: '@column', args: { isPrimary: true } }] }
    return {
      columnName,
      columnInfo: /char|text/.test(column.type) ? text : wide({ isPrimary: true }),
    }
  },
}

export default rules

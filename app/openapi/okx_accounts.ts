import vine from '@vinejs/vine'
import type { Operations } from '#openapi/operation'
import { integer, oneOf, text, time } from '#openapi/shapes'
import { OKX_CONNECTION_STATES, OKX_REGIONS } from '#models/okx_account'
import { KEY_REASONS, PASSING_REASONS } from '#models/okx_reasons'
import { newOkxAccount } from '#validators/okx_accounts'

const reason = () => vine.enum([...KEY_REASONS, ...PASSING_REASONS]).nullable()

const warnings = () =>
  vine.array(
    vine.object({
      code: vine.enum(['may_trade', 'may_withdraw', 'unbound', 'report_mode']),
      message: text(),
    })
  )

const account = vine
  .object({
    id: integer(),
    label: text(),
    region: vine.enum(OKX_REGIONS),
    environment: vine.enum(['live', 'demo']),
    uid: text().nullable(),
    permissions: vine.array(text()),
    account_level: text().nullable(),
    connection: vine.enum(OKX_CONNECTION_STATES),
    reason: reason(),
    message: text().nullable(),
    clock_offset_ms: integer().nullable(),
    live_since: time().nullable(),
    last_push_at: time().nullable(),
    created_at: time(),
    warnings: warnings(),
  })
  .meta({ title: 'OkxAccount' })

const check = vine
  .object({
    accepted: vine.boolean({ strict: true }),
    reason: reason(),
    message: text().nullable(),
    warnings: warnings(),
  })
  .meta({ title: 'OkxKeyCheck' })

export const okxAccounts: Operations = {
  '/api/v1/okx/accounts': {
    get: {
      id: 'list_okx_accounts',
      summary: 'Accounts at OKX, the oldest first, without their keys',
      scope: 'webhooks:read',
      answer: oneOf(vine.array(account)),
    },
    post: {
      id: 'add_okx_account',
      summary: 'Store what happens on an account at OKX, or give one that is stored another key',
      description:
        'OKX is asked first which account the key opens and what it may do. Reading is enough: a key that may do more is taken with a warning.',
      scope: 'webhooks:write',
      body: newOkxAccount,
      status: [200, 201],
      answer: oneOf(account),
      failures: [409, 503],
    },
  },
  '/api/v1/okx/accounts/{id}': {
    delete: {
      id: 'remove_okx_account',
      summary: 'Forget the key of an account at OKX; what is stored of it stays',
      scope: 'webhooks:write',
      status: 204,
    },
  },
  '/api/v1/okx/accounts/{id}/check': {
    post: {
      id: 'check_okx_account',
      summary: 'Ask OKX again what the stored key opens',
      scope: 'webhooks:write',
      answer: oneOf(check),
    },
  },
}

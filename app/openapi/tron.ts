import vine from '@vinejs/vine'
import { TRON_RESOURCES } from '#facts/on_tron'
import type { Operation, Operations } from '#openapi/operation'
import {
  integer,
  numberedPageOf,
  oneOf,
  sun,
  text,
  time,
  tronAddress,
  tronHash,
} from '#openapi/shapes'
import { CHECK_VERDICTS } from '#models/tron_account_check'
import { UNFREEZE_STATES } from '#models/unfreeze_record'
import { poolQuery, summaryQuery, unfreezeQuery, watchedAccount } from '#validators/tron_queries'

const yes = () => vine.boolean({ strict: true })
const resource = () => vine.enum(TRON_RESOURCES)
const signedSun = () => vine.string().regex(/^-?\d+$/)

const unfreeze = () =>
  vine
    .object({
      id: integer(),
      owner_address: tronAddress(),
      resource_type: resource(),
      amount: sun(),
      unfreeze_tx_hash: tronHash(),
      contract_index: integer(),
      unfreeze_time: time(),
      available_time: time(),
      status: vine.enum(UNFREEZE_STATES),
      can_withdraw: yes(),
      days_until_withdrawable: integer().nullable(),
      closed_tx_hash: tronHash().nullable(),
      closed_time: time().nullable(),
      chain_id: integer(),
      block_number: integer(),
    })
    .meta({ title: 'UnfreezeRecord' })

const summary = vine
  .object({
    address: tronAddress(),
    staking: vine.object({
      total_operations: integer(),
      freeze_operations: integer(),
      unfreeze_operations: integer(),
      total_frozen: sun(),
      total_unfrozen: sun(),
      net_staked: signedSun(),
    }),
    delegation: vine.object({
      delegate_operations: integer(),
      undelegate_operations: integer(),
      total_delegated: sun(),
      total_undelegated: sun(),
      net_delegated: signedSun(),
    }),
    withdrawal: vine.object({
      total_unfreezes: integer(),
      waiting_count: integer(),
      withdrawable_count: integer(),
      withdrawn_count: integer(),
      withdrawable_amount: sun(),
      total_withdrawn: sun(),
    }),
    is_partial: yes(),
  })
  .meta({ title: 'AccountSummary' })

const account = vine
  .object({
    address: tronAddress(),
    chain_id: integer(),
    is_watched: yes(),
    watch_from: integer().nullable(),
    staked: vine.record(signedSun()).meta({ description: 'By resource, since the watch began' }),
    delegations: vine.array(
      vine.object({
        receiver_address: tronAddress(),
        resource_type: resource(),
        amount: sun(),
        locked_until: time().nullable(),
        since: time(),
      })
    ),
    unfreezings: vine.array(unfreeze()),
    proof: vine.object({ proven: integer(), agreed: integer(), single: integer() }),
    check: vine
      .object({
        verdict: vine.enum(CHECK_VERDICTS),
        reason: text().nullable(),
        detail: text().nullable(),
        from_block: integer(),
        to_block: integer(),
        state: vine.any(),
        expected: vine.any().nullable(),
        difference: vine.any().nullable(),
        agreed_to_block: integer().nullable(),
        created_at: time(),
      })
      .nullable(),
  })
  .meta({ title: 'TronAccount' })

const watched = vine
  .object({
    address: tronAddress(),
    label: text().nullable(),
    pool_account_id: text().nullable(),
    watch_from: integer().nullable(),
    created_at: time(),
  })
  .meta({ title: 'WatchedAccount' })

const poolRecords = (list: string): { get: Operation } => ({
  get: {
    id: `pool_${list}_records`,
    summary: `The ${list} records of a pool, newest first, in the answer of the original specification`,
    description:
      '`meta.source` says where they come from: `database`, `cache`, or `fallback`, which is TronGrid while the database cannot be read; those are marked `partial`.',
    query: poolQuery,
    answer: vine.object({
      success: yes(),
      data: vine.array(vine.any()),
      meta: vine.object({
        page: integer(),
        limit: integer(),
        total: integer().nullable(),
        source: vine.enum(['database', 'cache', 'fallback']),
        partial: yes(),
      }),
    }),
    failures: [404],
  },
})

/** Accounts of TRON and their records; the lists of facts are described with the others. */
export const tronOperations: Operations = {
  '/api/stake/records': poolRecords('stake'),
  '/api/delegate/records': poolRecords('delegate'),
  '/api/unfreeze/records': poolRecords('unfreeze'),
  '/api/v1/unfreeze/records': {
    get: {
      id: 'list_unfreeze_records',
      summary: 'Unfreezings that match and what became of them, newest first',
      query: unfreezeQuery,
      answer: numberedPageOf(unfreeze()),
    },
  },
  '/api/v1/summary': {
    get: {
      id: 'summarize_account',
      summary: 'The records of an account of TRON, added up',
      query: summaryQuery,
      answer: oneOf(summary),
    },
  },
  '/api/v1/accounts': {
    get: {
      id: 'list_watched_accounts',
      summary: 'Accounts of TRON that the account watches, newest first',
      scope: 'webhooks:read',
      answer: oneOf(vine.array(watched)),
    },
    post: {
      id: 'watch_account',
      summary: 'Watch an account of TRON: its records are stored from the next block on',
      scope: 'webhooks:write',
      body: watchedAccount,
      status: 201,
      answer: oneOf(watched),
      failures: [409],
    },
  },
  '/api/v1/accounts/{address}': {
    get: {
      id: 'show_account',
      summary: 'What an account of TRON has staked, delegated and unfrozen, and what proves it',
      answer: oneOf(account),
      failures: [422, 503],
    },
    delete: {
      id: 'unwatch_account',
      summary: 'Watch an account of TRON no more; what is stored stays',
      scope: 'webhooks:write',
      status: 204,
      failures: [422],
    },
  },
}

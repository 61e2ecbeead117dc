import vine from '@vinejs/vine'
import { TRON_RESOURCES } from '#facts/on_tron'
import { DELEGATE_OPERATIONS } from '#facts/tron_delegation'
import { STAKE_OPERATIONS } from '#facts/tron_stake'
import { UNFREEZE_STATES } from '#models/unfreeze_record'
import {
  cursor,
  limit,
  moment,
  pageNumber,
  requiredTronAddress,
  tronAddress,
} from '#validators/rules'
import { bodyOf, queryOf } from '#validators/strict'

/** An account that is to be watched. What is no address is refused where it is watched. */
export const watchedAccount = bodyOf({
  address: vine.string().maxLength(64),
  label: vine.string().maxLength(64).nullable().optional(),
  pool_account_id: vine.string().maxLength(64).nullable().optional(),
})

const resource = () => vine.enum(TRON_RESOURCES).optional()

export const unfreezeQuery = queryOf({
  owner_address: tronAddress(),
  resource_type: resource(),
  status: vine.enum(UNFREEZE_STATES).optional(),
  since: moment(),
  until: moment(),
  page: pageNumber(),
  limit: limit(),
  cursor: cursor(),
})

export const summaryQuery = queryOf({ address: requiredTronAddress() })

/**
 * What the lists of the original specification take. The pool is its id, as the operator has named
 * it, or the address of its account.
 */
export const poolQuery = queryOf({
  pool_account_id: vine.string().maxLength(64),
  operation_type: vine.enum([...STAKE_OPERATIONS, ...DELEGATE_OPERATIONS]).optional(),
  resource_type: resource(),
  start_date: moment(),
  end_date: moment(),
  page: pageNumber(),
  limit: limit(),
})

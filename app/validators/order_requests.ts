import vine from '@vinejs/vine'
import { ORDER_STATUSES } from '#models/order'
import { cursor, limit } from '#validators/rules'
import { bodyOf, queryOf } from '#validators/strict'

const name = (longest: number) => vine.string().minLength(1).maxLength(longest)

const amount = () =>
  vine
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .maxLength(64)
    .nullable()
    .optional()

/** An order that was placed: named by `ord_id`, by `cl_ord_id`, or by both. */
export const newOrder = bodyOf({
  account_id: vine.number({ strict: true }).withoutDecimals().range([1, Number.MAX_SAFE_INTEGER]),
  inst_id: name(64),
  ord_id: name(32).nullable().optional(),
  cl_ord_id: name(64).nullable().optional(),
  side: name(8).nullable().optional(),
  ord_type: name(32).nullable().optional(),
  px: amount(),
  sz: amount(),
})

export const orderQuery = queryOf({
  status: vine.enum(ORDER_STATUSES).optional(),
  limit: limit(),
  cursor: cursor(),
})

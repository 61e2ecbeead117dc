import vine from '@vinejs/vine'
import { queryOf } from '#validators/query'
import { limit, moment } from '#validators/rules'

const text = () => vine.string().maxLength(128).optional()

export const ocrWalletQuery = queryOf({
  msg_id: text(),
  group_id: text(),
  wallet_code: text(),
  wx_id: text(),
  since: moment(),
  until: moment(),
  limit: limit(),
  cursor: vine.string().optional(),
})

import vine from '@vinejs/vine'
import type { Operations } from '#openapi/operation'
import { integer, pageOf, text } from '#openapi/shapes'
import { ocrWalletQuery, walletBody } from '#validators/ocr_wallets'

export const wallet = vine
  .object({
    id: integer(),
    source_ip: text(),
    msg_id: text(),
    group_id: text(),
    wallet_code: text(),
    serial_no: text(),
    wx_id: text(),
    wx_nick_name: text(),
    pic_url: text().nullable(),
    create_time: integer().meta({ description: 'Unix seconds' }),
  })
  .meta({ title: 'OcrWallet' })

const stored = vine.object({
  data: vine.array(wallet),
  meta: vine.object({ stored: integer(), known: integer() }),
})

/** Wallet codes from WeChat pictures, in and out. */
export const ocrWalletRecords: Operations = {
  '/api/v1/ocr/wallets': {
    get: {
      id: 'list_ocr_wallets',
      summary: 'OCR wallet records that match, newest first',
      scope: 'ocr:read',
      query: ocrWalletQuery,
      answer: pageOf(wallet),
    },
    post: {
      id: 'store_ocr_wallets',
      summary: 'The records, those that are new stored to be pushed at once',
      description: 'Idempotent: a message id and wallet code that are known answer what is stored.',
      scope: 'ocr:write',
      body: walletBody,
      status: 202,
      answer: stored,
      failures: [503],
    },
  },
}

import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { systemClock } from '#foundation/clock'
import { parseAddress } from '#foundation/net/client_address'
import type { WalletRecord } from '#collectors/ocr/store_wallets'
import { cleanText } from '#sources/values'

/** The most records that one request may bring. */
const MOST_WALLETS = 100

/** How far the clock of a sender may run ahead of ours, in seconds. */
const CLOCK_SKEW = 300

/** The first second that cannot be meant: 2001-09-09. Smaller numbers are no time of a picture. */
const EARLIEST = 1_000_000_000

const isRecentSecond = vine.createRule((value, _, field) => {
  if (typeof value === 'number' && value > systemClock.now() / 1000 + CLOCK_SKEW) {
    field.report('', 'future', field)
  }
})

/** No control characters and no halves of characters: what no database or receiver could store. */
const WHOLE_TEXT = /^[^\p{Cc}\p{Cs}]+$/u

const text = (max: number) => vine.string().trim().maxLength(max).regex(WHOLE_TEXT)

const wallet = vine.object({
  msg_id: text(64),
  group_id: text(128),
  wallet_code: text(128),
  serial_no: text(64),
  wx_id: text(128),
  wx_nick_name: vine.string().maxLength(512),
  source_ip: vine
    .string()
    .ipAddress()
    .optional()
    .transform((address) => parseAddress(address)!),
  pic_url: vine
    .string()
    .maxLength(2048)
    .regex(WHOLE_TEXT)
    .url({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
    .optional()
    .nullable(),
  create_time: vine.number().withoutDecimals().min(EARLIEST).use(isRecentSecond()).optional(),
})

/** A record as a program sends it; `create_time` is in Unix seconds. */
type SentWallet = Infer<typeof wallet>

const ocrWallet = vine.create(wallet)
const ocrWallets = vine.create(vine.array(wallet).minLength(1).maxLength(MOST_WALLETS))

const messages = new SimpleMessagesProvider({
  'required': 'The {{ field }} field is missing',
  'string': 'The {{ field }} field must be text; write numbers in quotes, or they lose digits',
  'number': 'The {{ field }} field must be a number',
  'object': 'Each record must be a JSON object',
  'maxLength': 'The {{ field }} field must have at most {{ max }} characters',
  'regex': 'The {{ field }} field must have no control characters and not be empty',
  'ipAddress': 'The {{ field }} field must be an IPv4 or IPv6 address',
  'url': 'The {{ field }} field must be an http or https URL',
  'withoutDecimals': 'The {{ field }} field must be whole Unix seconds',
  'min': 'The {{ field }} field must be Unix seconds, after the year 2001',
  'future': 'The {{ field }} field must be Unix seconds (not milliseconds), and not in the future',
  'array.minLength': 'There must be at least one record',
  'array.maxLength': `There must be at most ${MOST_WALLETS} records in one request`,
})
ocrWallet.messagesProvider = messages
ocrWallets.messagesProvider = messages

/** The body of a request: one record, or an array of them. */
export const walletBody = {
  /** As JSON Schema, for the description of the API. */
  schema: () => ({ oneOf: [ocrWallet.toJSONSchema(), ocrWallets.toJSONSchema()] }),

  /** @throws E_VALIDATION_ERROR */
  read: async (body: unknown): Promise<SentWallet[]> =>
    Array.isArray(body) ? ocrWallets.validate(body) : [await ocrWallet.validate(body)],
}

/** A record as it is stored; what it leaves out is taken from the request. `at` is epoch milliseconds. */
export function toWalletRecord(
  sent: SentWallet,
  { ip, at }: { ip: string; at: number }
): WalletRecord {
  return {
    ...sent,
    wx_nick_name: cleanText(sent.wx_nick_name.toWellFormed()),
    source_ip: sent.source_ip ?? ip,
    pic_url: sent.pic_url ?? null,
    create_time: sent.create_time === undefined ? at : sent.create_time * 1000,
  }
}

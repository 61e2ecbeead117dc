import vine from '@vinejs/vine'
import { readTronAddress } from '#foundation/text/tron_address'
import { LAUNCH_KINDS } from '#facts/launch'
import activeSources from '#start/sources'

/** Rules that queries share. Each answers the value as the database holds it. */

/** A 20-byte address in any letter case, answered in lower case. */
export const address = () =>
  vine
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .toLowerCase()
    .optional()

/** A pool's id: an address, or the 32 bytes that newer venues use. */
export const poolId = () =>
  vine
    .string()
    .regex(/^0x(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/)
    .toLowerCase()
    .optional()

const isTronAddress = vine.createRule((value, _, field) => {
  if (typeof value !== 'string' || readTronAddress(value) === null) {
    field.report('', 'tronAddress', field)
  }
})

const tronText = () =>
  vine
    .string()
    .use(isTronAddress())
    .meta({ description: 'Base58 (`T…`), or hexadecimal (`41…`, `0x…`)' })

/** An address of TRON in base58 or hexadecimal, answered in base58. */
export const tronAddress = () =>
  tronText()
    .optional()
    .transform((text) => readTronAddress(text)!)

/** The same where there is no answer without one. */
export const requiredTronAddress = () => tronText().transform((text) => readTronAddress(text)!)

/** The id of a block or transaction of TRON. */
export const tronHash = () =>
  vine
    .string()
    .regex(/^(?:0x)?[0-9a-fA-F]{64}$/)
    .optional()
    .transform((text) => text.toLowerCase().replace('0x', ''))

export const sourceName = () => vine.enum(() => activeSources().map(({ name }) => name)).optional()

export const launchKind = () => vine.enum(LAUNCH_KINDS).optional()

export const blockNumber = () =>
  vine.number().withoutDecimals().range([0, Number.MAX_SAFE_INTEGER]).optional()

/** How many facts a list answers at once. */
export const limit = () =>
  vine
    .number()
    .withoutDecimals()
    .range([1, 200])
    .optional()
    .meta({ description: '50 unless given' })

/** The number of a page, from 1. */
export const pageNumber = () =>
  vine
    .number()
    .withoutDecimals()
    .range([1, 10_000])
    .optional()
    .meta({ description: 'From 1; answers a total as well, and takes the address of an account' })

/** Where a list goes on. */
export const cursor = () =>
  vine.string().optional().meta({ description: '`meta.next_cursor` of the page before' })

const MOMENT = /^(?:\d{1,15}|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))$/

const toMilliseconds = (text: string) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text))

const isMoment = vine.createRule((value, _, field) => {
  if (typeof value !== 'string' || !MOMENT.test(value) || Number.isNaN(toMilliseconds(value))) {
    field.report('', 'moment', field)
  }
})

/** A time as epoch milliseconds or as ISO 8601 with its zone, answered in epoch milliseconds. */
export const moment = () =>
  vine
    .string()
    .use(isMoment())
    .meta({ description: 'Epoch milliseconds, or ISO 8601 with a zone' })
    .optional()
    .transform(toMilliseconds)

/** What each rule expects, in the words of an API reader. */
export const messages = {
  required: 'The {{ field }} parameter is missing',
  regex: 'The {{ field }} parameter is not in the expected format',
  enum: 'The {{ field }} parameter must be one of: {{ choices }}',
  string: 'The {{ field }} parameter must be given once',
  number: 'The {{ field }} parameter must be a number',
  range: 'The {{ field }} parameter must be from {{ min }} to {{ max }}',
  withoutDecimals: 'The {{ field }} parameter must be a whole number',
  tronAddress:
    'The {{ field }} parameter must be an address of TRON: base58 with the right checksum, or hexadecimal',
  moment: 'The {{ field }} parameter must be epoch milliseconds or ISO 8601 with a zone',
}

/** A chat of Telegram: its number, below zero for groups, or the public name of a channel. */
export const CHAT_ID = /^(-?\d{1,20}|@\w{4,64})$/

import vine from '@vinejs/vine'
import type { Address, Hex } from 'viem'
import { locales } from '#http/language'
import { densities, themes } from '#http/page_state'
import { CURRENCIES } from '#market/convert'

/** A path of this site, never another host. */
const ownPath = () =>
  vine
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()

/** The zones that this runtime knows, by their IANA names. */
export const timeZones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

export const timeZone = () => vine.enum(timeZones)

/** The wallet that wants to log in. */
export const walletValidator = vine.create({
  address: vine
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .transform((text) => text as Address),
})

/** Longer ones than any contract wallet makes. */
const MOST_CHARACTERS = 20_000

/** A signed message; a contract may stand by an empty signature. Forms send its line breaks as CRLF, whatever they were. */
export const loginValidator = vine.create({
  message: vine
    .string()
    .maxLength(2000)
    .transform((text) => text.replaceAll('\r\n', '\n')),
  signature: vine
    .string()
    .maxLength(MOST_CHARACTERS)
    .regex(/^0x(?:[0-9a-fA-F]{2})*$/)
    .transform((text) => text as Hex),
  next: ownPath(),
  time_zone: timeZone().optional(),
})

/** Where the login leads, as the page's address says. */
export const nextValidator = vine.create({ next: ownPath() })

/** What a visitor may choose and the page to return to. */
export const preferencesValidator = vine.create({
  locale: vine.enum(locales).optional(),
  theme: vine.enum(themes).optional(),
  currency: vine.enum(CURRENCIES).optional(),
  density: vine.enum(densities).optional(),
  back: ownPath(),
})

/** What is to be watched, as people write it. */
export const subjectValidator = vine.create({ what: vine.string().trim().maxLength(100) })

/** Filters of the feed, as its address has them, under a name. */
export const savedViewValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(24),
  query: vine.string().maxLength(400),
})

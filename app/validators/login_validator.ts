import vine from '@vinejs/vine'
import type { Address, Hex } from 'viem'
import { ownPath } from '#validators/own_path'
import { timeZone } from '#validators/time_zone'

/** The wallet that wants to log in. */
export const walletValidator = vine.create({
  address: vine
    .string()
    .regex(/^0x[0-9a-f]{40}$/i)
    .transform((text) => text as Address),
})

/** Longer ones than any contract wallet makes. */
const MOST_CHARACTERS = 20_000

/** A signed message. Forms send its line breaks as CRLF, whatever they were. */
export const loginValidator = vine.create({
  message: vine
    .string()
    .maxLength(2000)
    .transform((text) => text.replaceAll('\r\n', '\n')),
  signature: vine
    .string()
    .maxLength(MOST_CHARACTERS)
    .regex(/^0x(?:[0-9a-f]{2})+$/i)
    .transform((text) => text as Hex),
  next: ownPath(),
  time_zone: timeZone().optional(),
})

/** Where the login leads, as the page's address says. */
export const nextValidator = vine.create({ next: ownPath() })

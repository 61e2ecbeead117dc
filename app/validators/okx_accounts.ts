import vine from '@vinejs/vine'
import { OKX_REGIONS } from '#models/okx_account'
import { bodyOf } from '#validators/strict'

const fields = () => ({
  label: vine.string().maxLength(64),
  region: vine.enum(OKX_REGIONS),
  environment: vine.enum(['live', 'demo'] as const),
  api_key: vine.string().maxLength(200),
  secret_key: vine.string().maxLength(200),
  passphrase: vine.string().maxLength(200),
})

/** An account at OKX as programs add it. */
export const newOkxAccount = bodyOf(fields())

/** The same as the form of the user center sends it. */
export const okxAccountForm = vine.create(fields())

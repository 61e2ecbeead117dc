import vine from '@vinejs/vine'
import { FORMATS } from '#models/webhook_endpoint'
import { CHAT_ID } from '#validators/rules'
import { paidPlans } from '#config/plans'
import { locales } from '#http/language'
import { timeZone } from '#validators/visitor_forms'
import { allSwitches, switchName } from '#accounts/subscriptions'
import { USER_SCOPES } from '#accounts/tokens/scopes'

/** The boxes that are ticked: where none is, the form sends nothing. */
export const switchesValidator = vine.create({
  switches: vine
    .array(vine.enum(() => allSwitches().map(switchName)))
    .parse((ticked) => ticked ?? []),
})

export const profileValidator = vine.create({
  language: vine.enum(locales),
  time_zone: timeZone(),
})

/** A token that a user makes; 0 days is for ever. */
export const tokenValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(60),
  scopes: vine.array(vine.enum(USER_SCOPES)).minLength(1).distinct(),
  days: vine.number().in([0, 30, 90, 365]),
})

export const endpointValidator = vine.create({
  url: vine.string().trim().maxLength(2000),
  format: vine.enum(FORMATS).optional(),
  robot_secret: vine.string().trim().maxLength(200).nullable().optional(),
  chat_id: vine.string().trim().regex(CHAT_ID).nullable().optional(),
})

export const endpointStateValidator = vine.create({
  state: vine.enum(['active', 'disabled'] as const),
})

export const erasureValidator = vine.create({ understood: vine.accepted() })

/** The plan that a user chose, of those for sale. */
export const planChoiceValidator = vine.create({ plan: vine.enum(paidPlans) })

/** The digits that the phone shows while WeChat is bound. */
export const digitsValidator = vine.create({ digits: vine.string().trim().maxLength(60) })

/** An account of TRON to watch, or to watch no more. */
export const tronForm = vine.create({
  address: vine.string().maxLength(64),
  label: vine.string().maxLength(64).nullable().optional(),
})

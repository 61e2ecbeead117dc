import vine from '@vinejs/vine'

/** The plan that somebody chose. */
export const planChoiceValidator = vine.create({ plan: vine.enum(['monthly', 'yearly'] as const) })

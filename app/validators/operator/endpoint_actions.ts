import vine from '@vinejs/vine'

/** Hours for which the secret before signs as well. */
export const overlaps = [0, 1, 24, 168] as const

export const secretForm = vine.create({ overlap: vine.number().in([...overlaps]) })

export const stateForm = vine.create({
  state: vine.enum(['active', 'disabled'] as const),
  reason: vine.string().trim().maxLength(200).optional(),
})

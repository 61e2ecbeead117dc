import vine from '@vinejs/vine'

/** How endpoints do, as the list sorts them. */
export const healths = ['failing', 'active', 'disabled'] as const

export type Health = (typeof healths)[number]

const validator = vine.create({
  state: vine.enum(healths).optional(),
  page: vine.number().withoutDecimals().range([1, 10_000]).optional(),
})

/** Which endpoints a page shows. What is not one of ours is left out: people follow old links. */
export async function readEndpointList(parameters: Record<string, unknown>) {
  const [error, wish] = await validator.tryValidate(parameters)
  return error ? {} : wish
}

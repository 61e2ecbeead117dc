import type { HttpContext } from '@adonisjs/core/http'

/** The longest text that is looked for. */
const LONGEST = 128

/** What a filter of a page is set to, of what it may be; anything else counts as not set. */
export function choiceOf<Choice extends string>(
  { request }: HttpContext,
  name: string,
  choices: readonly Choice[]
): Choice | undefined {
  const value: unknown = request.qs()[name]
  return choices.find((choice) => choice === value)
}

/** What is looked for; undefined where nothing is. */
export function searchOf({ request }: HttpContext, name: string): string | undefined {
  const value: unknown = request.qs()[name]
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) || undefined : undefined
}

/** The row after which a list goes on: one with a smaller id. */
export function beforeOf({ request }: HttpContext): number | undefined {
  const value: unknown = request.qs().before
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined
}

/** The address of the page that goes on after a row, with its filters; null where nothing may follow. */
export function olderPage(
  { request }: HttpContext,
  rows: readonly { id: number | bigint }[],
  limit: number
): string | null {
  const last = rows.at(-1)
  if (rows.length < limit || !last) return null
  const query = new URLSearchParams(request.qs() as Record<string, string>)
  query.set('before', String(last.id))
  return `${request.url()}?${query}`
}

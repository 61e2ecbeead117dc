import type { HttpContext } from '@adonisjs/core/http'

/** Rows that one form may name. */
const MOST = 500

/** The rows that a form of a list names: those that were ticked, or the one whose button it is. */
export function idsIn({ request }: HttpContext): number[] {
  const given: unknown = request.input('ids') ?? []
  return [given]
    .flat()
    .slice(0, MOST)
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0)
}

/** A text field of a form; empty where it was not filled in. */
export function textIn({ request }: HttpContext, name: string): string {
  const value: unknown = request.input(name)
  return typeof value === 'string' ? value.trim() : ''
}

import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { compileFilter } from '#delivery/expressions/filter'
import { RefusedExpression } from '#delivery/expressions/language'
import { compileTemplate } from '#delivery/expressions/template'

const COMPILERS = { filter: compileFilter, template: compileTemplate }

/** @throws RefusedEndpoint with the mistake and its place, when one of them cannot be used */
export function checkExpressions(texts: { filter?: string | null; template?: string | null }) {
  for (const field of ['filter', 'template'] as const) {
    const text = texts[field]
    if (typeof text !== 'string') {
      continue
    }
    try {
      COMPILERS[field](text)
    } catch (error) {
      throw error instanceof RefusedExpression ? new RefusedEndpoint(field, error.message) : error
    }
  }
}

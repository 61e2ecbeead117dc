import type { ASTNode } from '@marcbachmann/cel-js'
import { nearestWord } from '#foundation/text/nearest_word'
import { derived } from '#facts/registry'
import { partsOf, RefusedExpression } from '#delivery/expressions/language'

/**
 * What may be called. Whatever loops, names a value to use it twice, or matches a pattern is left
 * out: without those an expression takes no longer than it is long.
 */
const FUNCTIONS = [
  ...['has', 'size', 'string', 'int', 'double', 'units', 'decimal'],
  ...['contains', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'substring'],
  ...['lowerAscii', 'upperAscii', 'trim'],
]

/** What `data` may have: the public columns of all kinds of facts. */
const fields = derived((kinds) => [
  ...new Set(kinds.flatMap(({ columns }) => columns)),
  'removed_at',
])

/**
 * Looks through an expression before it is ever evaluated.
 *
 * @throws RefusedExpression for a function that could hold up the sender, and for a field of
 * `data` that no event has
 */
export function refuseForbidden(node: ASTNode, text: string): void {
  const called = functionOf(node)
  if (called !== null && !FUNCTIONS.includes(called)) {
    throw new RefusedExpression(
      `${called}() is not available${advice(called, FUNCTIONS)}`,
      text,
      node.pos
    )
  }
  const field = fieldOf(node)
  if (field !== null && !fields().includes(field)) {
    throw new RefusedExpression(
      `No event has data.${field}${advice(field, fields())}`,
      text,
      node.pos
    )
  }
  partsOf(node.args).forEach((part) => refuseForbidden(part, text))
}

function functionOf({ op, args }: ASTNode): string | null {
  return op === 'call' || op === 'rcall' ? args[0] : null
}

/** The field that `data.field` and `data["field"]` mean. */
function fieldOf({ op, args }: ASTNode): string | null {
  if (op !== '.' && op !== '[]') {
    return null
  }
  const [owner, key] = args
  if (owner.op !== 'id' || owner.args !== 'data') {
    return null
  }
  const name = typeof key === 'string' ? key : key.op === 'value' && key.args
  return typeof name === 'string' ? name : null
}

function advice(word: string, known: string[]): string {
  const meant = nearestWord(word, known)
  return meant ? `: did you mean ${meant}?` : `; there are: ${known.join(', ')}`
}

import type { ASTNode } from '@marcbachmann/cel-js'
import { nearestWord } from '#foundation/text/nearest_word'
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

/**
 * Looks through an expression before it is ever evaluated.
 *
 * @param fields what `data` may have; null: that was checked when the expression was stored
 * @throws RefusedExpression for a function that could take long, and for a field of `data` that no
 * event has
 */
export function refuseForbidden(
  node: ASTNode,
  text: string,
  fields: readonly string[] | null
): void {
  const called = functionOf(node)
  if (called !== null && !FUNCTIONS.includes(called)) {
    throw new RefusedExpression(
      `${called}() is not available${advice(called, FUNCTIONS)}`,
      text,
      node.pos
    )
  }
  const field = fieldOf(node)
  if (field !== null && fields !== null && !fields.includes(field)) {
    throw new RefusedExpression(
      `No event has data.${field}${advice(field, fields)}`,
      text,
      node.pos
    )
  }
  partsOf(node.args).forEach((part) => refuseForbidden(part, text, fields))
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

function advice(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known)
  return meant ? `: did you mean ${meant}?` : `; there are: ${known.join(', ')}`
}

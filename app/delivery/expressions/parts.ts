import type { ASTNode } from '@marcbachmann/cel-js'

/** The nodes among a node's operands, which may be a node, a text, or lists of both. */
export function partsOf(operands: unknown): ASTNode[] {
  if (Array.isArray(operands)) {
    return operands.flatMap(partsOf)
  }
  return operands !== null && typeof operands === 'object' && 'op' in operands
    ? [operands as ASTNode]
    : []
}

import type { Items } from '#verification/evidence/items'

/** A field that two paths tell differently; null where one of them does not know it. */
export interface Difference {
  /** Such as `order.fee` or `executions.2.fillPx`. */
  field: string
  /** From the venue's answers now. */
  found: string | null
  /** From what was recorded. */
  expected: string | null
}

/** The fields in which the items differ, in the order of their names. */
export function differences(found: Items, expected: Items): Difference[] {
  const [ours, theirs] = [fieldsOf(found), fieldsOf(expected)]
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((field) => ours.get(field) !== theirs.get(field))
    .sort()
    .map((field) => ({
      field,
      found: ours.get(field) ?? null,
      expected: theirs.get(field) ?? null,
    }))
}

function fieldsOf(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value !== 'object' || value === null) {
    return new Map([[path.join('.'), String(value)]])
  }
  return new Map(
    Object.entries(value).flatMap(([name, member]) => [...fieldsOf(member, [...path, name])])
  )
}

import type { Column } from '#facts/columns'
import type { FactKind } from '#facts/define_fact'
import { allFactKinds } from '#facts/registry'
import { eventShapes } from '#openapi/events'
import { jsonSchemaOf } from '#openapi/shapes'
import type { LibraryDocument } from '#views/documents/library'

/** Every type of event, in groups by what stands before its dot; those that take one back are no types of their own here. */
export function eventGroups(): { name: string; types: string[] }[] {
  const groups = Map.groupBy(describedTypes(), ([type]) => type.split('.')[0]!)
  return [...groups].map(([name, types]) => ({ name, types: types.map(([type]) => type) }))
}

/**
 * A type of event: what the guide says of it, with its example, and the fields of its data. Null for
 * a type that does not exist.
 */
export function eventView(type: string, guide: LibraryDocument) {
  const [, kind] = describedTypes().find(([described]) => described === type) ?? []
  if (!kind) return null
  const [, html] =
    [...guide.parts].find(([heading]) => heading.split(/[,、]\s*/).includes(type)) ?? []
  return {
    type,
    html: html ?? null,
    isRemovable: kind.isOnChain,
    isPersonal: kind.isPersonal ?? false,
    isPrivate: kind.isPrivate ?? false,
    isAskedForByName: kind.isAskedForByName ?? false,
    fields: Object.entries(kind.fields).map(fieldView),
    schema: JSON.stringify(jsonSchemaOf(eventShapes()[type]!), null, 2),
  }
}

function describedTypes(): [string, FactKind][] {
  return allFactKinds().flatMap((kind) =>
    kind.eventTypes.map(({ eventType }): [string, FactKind] => [eventType, kind])
  )
}

/** A field as a line of the table; the languages have words for each type of column. */
function fieldView([name, { type, isNullable, choices }]: [string, Column]) {
  return { name, type, isNullable, choices: choices ?? [] }
}

import type { Column } from '#facts/columns'
import type { StoredRows } from '#facts/on_chain'

/** A row of a fact table as the database answers it. */
export type FactRow = Record<string, string | number | boolean | null>

/** The definition of a kind of fact, one in each file here. All else is derived from it. */
export interface FactDefinition<Type extends string = string> {
  /** Its name in jobs and positions. */
  type: Type
  table: string
  /** The public columns, in the order in which receivers see them. */
  columns: Readonly<Record<string, Column>>
  /** Columns that name what happened, alike on every database. */
  identity: readonly string[]
  /** When it happened, in epoch milliseconds. */
  timeColumn: 'event_time' | 'create_time'
  /** What happened on a chain can be taken back by a reorg. */
  isOnChain: boolean
  /** The type of event that it goes out as, or one for each choice of a column. */
  events: string | { column: string; type: (choice: string) => string }
  /** `*` does not mean it: an endpoint for the whole market wants no messages about Regou itself. */
  isAskedForByName?: true
  /** Where it comes from, if the table has no column `source`. */
  source?: string
  /** The column of the only user who is sent it; null in it means the operator. Never public. */
  ownerColumn?: 'owner_id'
  /** The operator is told of those alone that have no owner. */
  isPrivate?: true
  /** Columns of addresses: a user is told of those facts alone that name an address that he watches. */
  watchColumns?: readonly string[]
  /** It is not sent before it has an owner. */
  waitsForOwner?: true
  /** Sent to the operator's endpoints alone, because it holds personal data. */
  isPersonal?: true
  /** Its event has the form of the service that pushed it before: no id, no attempt (docs/adr/0015). */
  pushSource?: string
  /** The list of the API; none unless given. */
  list?: FactList
  stream: {
    /** How positions call it. No two kinds share one. */
    letter: string
    /** Carried by the stream that needs no login. */
    isPublic?: true
  }
  /**
   * How long it is kept: for ever, as long as deliveries that did not arrive, or so many milliseconds,
   * which the environment may set.
   */
  kept: 'for_ever' | 'as_undelivered' | { ms: number; setting?: string }
  /** How what was read from a chain lies in the table. */
  rows?: StoredRows
}

export interface FactList {
  /** Below /api/v1. */
  path: string
  /** What the API description says of the list, and calls one of its facts. */
  summary: string
  title: string
  /** The scope a token needs; without it the list needs no login. */
  scope?: 'ocr:read'
  /** Columns that are filtered by, beside those that all facts of a chain have. */
  filters: readonly string[]
  /** Also in pages with a number and a total, of what one of these columns names. */
  pagedBy?: readonly string[]
  /** Indexes that find what is filtered by. */
  indexes: readonly ListIndex[]
}

export type ListIndex =
  /** On the column and the id; named after both. */
  | { column: string }
  /** Finds so few rows that they need no order. */
  | { column: string; index: string; isShort: true }
  /** Finds by another condition, which has one `?`, in the order of the ids. */
  | { column: string; index: string; where: string }
  /** On two columns and the id: the first of any text, the second a choice. Either may be left open. */
  | { columns: readonly [string, string]; index: string }

/** A kind of fact with what follows from its definition. */
export interface FactKind<Type extends string = string> extends Omit<
  FactDefinition<Type>,
  'columns' | 'events'
> {
  /** The names of the public columns, in their order. */
  columns: readonly string[]
  fields: FactDefinition['columns']
  /** What has to be read of a fact in order to plan it. */
  plannedColumns: string[]
  /** The column whose choices go out as event types of their own. */
  kindColumn: string | null
  /** Every type of event, each with the choice that goes out as it; null for all. */
  eventTypes: readonly { kind: string | null; eventType: string }[]
  /** The event type that a fact goes out as. */
  eventType: (fact: FactRow) => string
}

/**
 * Defines a kind of fact. `registry.ts` lists the definition: with that it is planned, pushed,
 * described, listed, streamed, filtered and pruned.
 */
export function defineFact<const Type extends string>(
  definition: FactDefinition<Type>
): FactKind<Type> {
  const { columns: fields, events, ...rest } = definition
  const columns = Object.keys(fields)
  const owner = rest.ownerColumn ? [rest.ownerColumn] : []
  const kind = { ...rest, columns, fields }
  const needed = [...columns, ...rest.identity, ...owner, 'created_at', 'removed_at']
  const plannedColumns = [...new Set(needed)]

  if (typeof events === 'string') {
    const eventTypes = [{ kind: null, eventType: events }]
    return { ...kind, plannedColumns, kindColumn: null, eventTypes, eventType: () => events }
  }
  const { column, type } = events
  const choices = fields[column]?.choices ?? []
  return {
    ...kind,
    plannedColumns,
    kindColumn: column,
    eventTypes: choices.map((choice) => ({ kind: choice, eventType: type(choice) })),
    eventType: (fact) => type(String(fact[column])),
  }
}

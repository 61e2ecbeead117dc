import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import type { Column, ColumnType } from '#facts/columns'
import type { FactKind } from '#facts/define_fact'
import { derived } from '#facts/registry'
import { queryOf } from '#validators/strict'
import {
  address,
  blockNumber,
  cursor,
  launchKind,
  limit,
  moment,
  pageNumber,
  poolId,
  sourceName,
  tronAddress,
  tronHash,
} from '#validators/rules'

const hexText = () =>
  vine
    .string()
    .regex(/^0x[0-9a-fA-F]+$/)
    .toLowerCase()
    .optional()

/** How each type of column is asked for. */
const RULES: Record<ColumnType, (column: Column) => SchemaTypes> = {
  number: blockNumber,
  time: moment,
  seconds: moment,
  text: () => vine.string().maxLength(128).optional(),
  source: sourceName,
  address,
  hash: hexText,
  pool_id: poolId,
  amount: () => vine.string().regex(/^\d+$/).optional(),
  choice: ({ choices }) => vine.enum(choices!).optional(),
  tron_address: tronAddress,
  tron_hash: tronHash,
  sun: () => vine.string().regex(/^\d+$/).optional(),
  decimal: () =>
    vine
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .optional(),
}

/** Filters that every list of facts of a chain has, of the columns that there are. */
const OF_CHAIN = ['source', 'token_address', 'quote_address', 'pool_id']

const blocks = () => ({ from_block: blockNumber(), to_block: blockNumber() })
const page = () => ({ since: moment(), until: moment(), limit: limit(), cursor: cursor() })

const queries = derived((kinds) => new Map(kinds.map((kind) => [kind.type, queryOfList(kind)])))

/** The parameters that the list of a kind of fact understands. */
export function listQuery({ type }: FactKind) {
  return queries().get(type)!
}

function queryOfList({ fields, isOnChain, list }: FactKind) {
  const own = rulesOf(fields, list?.filters ?? [])
  const paged: Record<string, SchemaTypes> = list?.pagedBy ? { page: pageNumber() } : {}
  return queryOf(
    isOnChain
      ? { ...rulesOf(fields, OF_CHAIN), ...blocks(), ...page(), ...paged, ...own }
      : { ...own, ...page() }
  )
}

function rulesOf(fields: FactKind['fields'], names: readonly string[]) {
  const rules = names.flatMap((name): [string, SchemaTypes][] => {
    const column = fields[name]
    return column ? [[name, RULES[column.type](column)]] : []
  })
  return Object.fromEntries(rules)
}

export const latestEventsQuery = queryOf({ kind: launchKind(), limit: limit() })

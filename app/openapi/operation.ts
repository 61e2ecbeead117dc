import type { SchemaTypes } from '@vinejs/vine/types'
import type { Scope } from '#accounts/tokens/scopes'

/** What a route takes, as JSON Schema; the readers of app/validators are such. */
export interface Taken {
  schema: () => Record<string, any>
}

/** What the API description says of one route. */
export interface Operation {
  /** Its name in generated clients, in snake_case. */
  id: string
  summary: string
  description?: string
  /** What a token must be allowed to do; open to anyone unless given. */
  scope?: Scope
  query?: Taken
  body?: Taken
  /** What may be sent along, by name, and what it does. */
  headers?: Record<string, string>
  /** The statuses of success: 200 unless given. */
  status?: number | number[]
  /**
   * What success answers in JSON: the tests check with it what is really answered. Each property
   * is always there, if only as null. None: no body, or one that is no JSON.
   */
  answer?: SchemaTypes
  /** The media type of an answer that is no JSON. */
  mediaType?: string
  /** Statuses of failure beside those that follow from the rest. */
  failures?: number[]
}

export function successesOf({ status = 200 }: Operation): number[] {
  return [status].flat()
}

/** Routes by path, parameters written as `{id}`, and by method. */
export type Operations = Record<
  string,
  Partial<Record<'get' | 'post' | 'patch' | 'delete', Operation>>
>

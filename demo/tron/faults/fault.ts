import type { ChainView } from '#demo/tron/chain_view'

/** A request to a node. */
export interface Ask {
  method: string
  /** Without the query. */
  path: string
  /** Of the query, or of the JSON in the body. */
  parameters: Record<string, unknown>
  /** The API key, when it carried one. */
  key?: string
  /** Epoch milliseconds. */
  at: number
}

export interface Reply {
  status: number
  body: string
  contentType?: string
  headers?: Record<string, string>
}

/**
 * What is wrong with an endpoint. Faults of one endpoint add up: the first one is nearest to the
 * chain. A view is asked for anew with each request, so that what it says may change.
 */
export interface TronFault {
  /** The chain that it tells instead. */
  view?(view: ChainView): ChainView
  /** What it does with a request, in place of or around the good answer. */
  answer?(ask: Ask, good: () => Promise<Reply>): Promise<Reply>
}

/** Which heights, or all of them. */
export type Heights = (number: number) => boolean

export const EVERY_HEIGHT: Heights = () => true

import type { Source } from '#sources/define_source'

/** The `eth_getLogs` filter that one call needs for all sources of a chain. */
export interface LogFilter {
  address: string[]
  topics: [string[]]
}

export function logFilterFor(sources: readonly Source[]): LogFilter {
  const contracts = sources.flatMap((source) => source.contracts)
  const topics = contracts.flatMap(({ events }) => events.map((event) => event.topic0))

  return {
    address: [...new Set(contracts.map(({ address }) => address))],
    topics: [[...new Set(topics)]],
  }
}

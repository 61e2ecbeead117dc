import type { EventReader, Source } from '#sources/define_source'
import type {
  ChainFact,
  ChainLog,
  Clue,
  Fact,
  LaunchFact,
  SourcedFact,
  Undecodable,
} from '#sources/facts'

/** Everything that a set of logs says. */
export interface Reading {
  facts: SourcedFact[]
  undecodable: Undecodable[]
}

interface Reader {
  source: Source
  event: EventReader
}

const NO_READERS: readonly Reader[] = []

type Read = SourcedFact & { defaultQuote: Source['defaultQuote'] }

/**
 * Makes the function that turns logs into facts for a set of sources. Logs that no source reads
 * are passed over; a log that cannot be decoded is answered with what went wrong and stops nothing.
 * All logs of a transaction have to be in the same call, because one may complete another.
 */
export function logReader(sources: readonly Source[]): (logs: ChainLog[]) => Reading {
  const readers = indexReaders(sources)

  return (logs) => {
    const reads: Read[] = []
    const clues = new Map<string, Clue>()
    const undecodable: Undecodable[] = []

    for (const log of inOrder(logs)) {
      for (const { source, event } of readers.get(log.address)?.get(log.topics[0]) ?? NO_READERS) {
        try {
          for (const fact of event.read(log)) {
            sortOut(fact, log, source, reads, clues)
          }
        } catch (error) {
          undecodable.push({ source: source.name, log, detail: messageOf(error) })
        }
      }
    }

    completeFromClues(reads, clues)
    return { facts: reads, undecodable }
  }
}

/** Endpoints may answer logs in any order, but facts are stored and pushed in that of the chain. */
function inOrder(logs: ChainLog[]): ChainLog[] {
  const isSorted = logs.every((log, index) => index === 0 || compare(logs[index - 1]!, log) <= 0)
  return isSorted ? logs : logs.toSorted(compare)
}

function compare(one: ChainLog, other: ChainLog): number {
  return one.blockNumber - other.blockNumber || one.logIndex - other.logIndex
}

type Readers = Map<string, Map<string | undefined, Reader[]>>

/** By address and first topic. Several sources may read the same log, each for facts of its own. */
function indexReaders(sources: readonly Source[]): Readers {
  const readers: Readers = new Map()
  for (const source of sources) {
    for (const { address, events } of source.contracts) {
      const byTopic = readers.get(address) ?? new Map<string | undefined, Reader[]>()
      readers.set(address, byTopic)
      for (const event of events) {
        byTopic.set(event.topic0, [...(byTopic.get(event.topic0) ?? []), { source, event }])
      }
    }
  }
  return readers
}

function sortOut(
  fact: Fact,
  log: ChainLog,
  source: Source,
  reads: Read[],
  clues: Map<string, Clue>
) {
  if (fact.type === 'clue') {
    const key = clueKey(source.name, fact, log)
    clues.set(key, { ...clues.get(key), ...fact })
  } else {
    reads.push({ source: source.name, fact, log, defaultQuote: source.defaultQuote })
  }
}

/** Logs of a transaction come in any order, so a clue applies to logs before and after it. */
function completeFromClues(reads: Read[], clues: Map<string, Clue>) {
  for (const { source, fact, log, defaultQuote } of reads) {
    const clue = clues.size > 0 ? clues.get(clueKey(source, { token: fact.token }, log)) : undefined

    if (fact.type !== 'pool_state') {
      fact.quote ??= clue?.quote ?? (isBirth(fact) ? defaultQuote : undefined)
    }
    if (fact.type === 'launch' && fact.kind === 'graduated') {
      fact.poolId = poolIn(clues, source, fact, log) ?? fact.poolId
    }
  }
}

/** Only the creating transaction names the quote asset; its silence there means the default. */
function isBirth(fact: ChainFact) {
  return fact.type === 'pool' || (fact.type === 'launch' && fact.kind === 'created')
}

/** A pool that the venue names itself counts before one that stands beside the graduation. */
function poolIn(clues: Map<string, Clue>, source: string, fact: LaunchFact, log: ChainLog) {
  const { token, quote: graduationQuote } = fact
  const named = clues.get(clueKey(source, { token }, log))
  const beside = clues.get(clueKey(source, { token, graduationQuote }, log))
  return named?.graduationPool ?? beside?.graduationPool
}

/** A source's clues are for its own facts: what others emit in a transaction may be forged. */
function clueKey(
  source: string,
  { token, graduationQuote }: Pick<Clue, 'token' | 'graduationQuote'>,
  log: ChainLog
) {
  return `${log.transactionHash}:${source}:${token}:${graduationQuote ?? ''}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error)
}

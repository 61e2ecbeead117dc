import { isDeepStrictEqual } from 'node:util'
import { test } from '@japa/runner'
import {
  encodeAbiParameters,
  encodeEventTopics,
  formatLog,
  parseEventLogs,
  type AbiEvent,
  type Log,
} from 'viem'
import type { EventReader } from '#sources/define_source'
import type { ChainLog } from '#sources/facts'
import { sources } from '#sources/venues'
import { seededRandom, type Random } from '#tests/support/random'
import { randomHex, randomValue } from '#tests/support/random_values'

const LOGS = 10_000

/** Every event that the built-in sources read, the swaps of pools included. */
function builtInEvents(): EventReader[] {
  const events = sources.flatMap(({ contracts, swaps = [] }) => [
    ...contracts.flatMap((contract) => contract.events),
    ...swaps.map((swap) => swap.of([])),
  ])
  return [...new Map(events.map((event) => [event.topic0, event])).values()]
}

/** A log of the event with random arguments, encoded by viem. */
function randomLog(abi: AbiEvent, random: Random): ChainLog {
  const values = abi.inputs.map((input) => ({ input, value: randomValue(input.type, random) }))
  const indexed = values.filter(({ input }) => input.indexed)
  const plain = values.filter(({ input }) => !input.indexed)
  const topics = encodeEventTopics({ abi: [abi], args: indexed.map(({ value }) => value) as never })

  return {
    address: randomHex(random, 20),
    topics: topics as `0x${string}`[],
    data: encodeAbiParameters(
      plain.map(({ input }) => input),
      plain.map(({ value }) => value)
    ),
    blockNumber: random.between(1, 1e8),
    blockHash: randomHex(random, 32),
    blockTime: 1_780_000_000_000,
    transactionHash: randomHex(random, 32),
    logIndex: random.between(0, 900),
  }
}

/** What viem reads of the logs, by name and with addresses in lower case. */
function viemArguments(abi: AbiEvent, logs: ChainLog[]): Record<string, unknown>[] {
  const parsed = parseEventLogs({
    abi: [abi],
    logs: logs.map((log) => formatLog({ ...log, blockTime: undefined } as never) as Log),
    strict: true,
  })
  return parsed.map(({ args }) =>
    Object.fromEntries(
      abi.inputs.map(({ name, type }, index) => {
        const key = name || String(index)
        // viem answers a list where an argument has no name.
        const place = Array.isArray(args) ? index : key
        const value = (args as unknown as Record<string, unknown>)[place]
        return [key, type.startsWith('address') ? lowerCase(value) : value]
      })
    )
  )
}

function lowerCase(value: unknown): unknown {
  return Array.isArray(value) ? value.map(lowerCase) : String(value).toLowerCase()
}

test.group('The decoders of the sources', () => {
  test('an independent decoder reads the same of ten thousand random logs', ({ assert }) => {
    const random = seededRandom(7)
    const events = builtInEvents()
    let compared = 0

    for (const { abi, decode } of events) {
      const event = abi as AbiEvent
      const count = Math.ceil(LOGS / events.length)
      const logs = Array.from({ length: count }, () => randomLog(event, random))
      const theirs = viemArguments(event, logs)
      assert.lengthOf(theirs, count, event.name)

      for (const [index, log] of logs.entries()) {
        assert.isTrue(isDeepStrictEqual(decode(log), theirs[index]), event.name)
        compared++
      }
    }
    assert.isAtLeast(compared, LOGS)
  })
})

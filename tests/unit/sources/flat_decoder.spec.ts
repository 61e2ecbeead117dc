import { test } from '@japa/runner'
import { decodeEventLog, parseAbiItem, type AbiEvent } from 'viem'
import { flatDecoder } from '#sources/flat_decoder'
import { syntheticLog } from '#tests/support/logs'
import { seededRandom, type Random } from '#tests/support/random'
import { randomHex, randomValue } from '#tests/support/random_values'

const TYPES = [
  'address',
  'bool',
  'string',
  'bytes',
  'bytes32',
  'bytes4',
  'uint8',
  'uint24',
  'uint128',
  'uint256',
  'int24',
  'int128',
  'int256',
]

/** An event with random parameters, some indexed, and a log of it. */
function someEvent(random: Random) {
  const types = Array.from({ length: random.between(1, 8) }, () => random.pick(TYPES))
  let indexed = 0
  const parameters = types.map((type, index) => {
    const isIndexed = indexed < 3 && !['string', 'bytes'].includes(type) && random.chance(0.3)
    indexed += isIndexed ? 1 : 0
    return `${type}${isIndexed ? ' indexed' : ''} p${index}`
  })
  const signature = `event Something(${parameters.join(', ')})`
  const log = syntheticLog(
    randomHex(random, 20),
    signature,
    types.map((type) => randomValue(type, random))
  )
  return { abi: parseAbiItem(signature) as AbiEvent, log }
}

function viemArguments(abi: AbiEvent, log: { topics: readonly string[]; data: string }) {
  const { args } = decodeEventLog({
    abi: [abi],
    topics: log.topics as never,
    data: log.data as `0x${string}`,
  }) as unknown as { args: Record<string, unknown> }

  const inputs = abi.inputs.map(({ name, type }) => [name!, type] as const)
  return Object.fromEntries(
    inputs.map(([name, type]) => [
      name,
      type === 'address' ? (args[name] as string).toLowerCase() : args[name],
    ])
  )
}

test.group('The decoder of flat events', () => {
  test('answers what viem answers, for any single values (2,000 events)', ({ assert }) => {
    const random = seededRandom(11)
    for (let round = 0; round < 2000; round++) {
      const { abi, log } = someEvent(random)
      const decode = flatDecoder(abi.inputs)!

      assert.deepEqual(decode(log.topics, log.data), viemArguments(abi, log))
    }
  })

  test('refuses data that ends too early, wherever it is cut', ({ assert }) => {
    const random = seededRandom(12)
    for (let round = 0; round < 500; round++) {
      const { abi, log } = someEvent(random)
      const words = Math.ceil((log.data.length - 2) / 64)
      if (words === 0) {
        continue
      }
      const cut = log.data.slice(0, 2 + 64 * random.between(0, words - 1))
      const decode = flatDecoder(abi.inputs)!

      let viemThrew = false
      try {
        viemArguments(abi, { topics: log.topics, data: cut })
      } catch {
        viemThrew = true
      }
      if (viemThrew) {
        assert.throws(() => decode(log.topics, cut))
      }
    }
  })

  test('refuses text that points outside of the data, or claims to be endless', ({ assert }) => {
    const decode = flatDecoder((parseAbiItem('event Named(string name)') as AbiEvent).inputs)!
    const word = (value: bigint) => value.toString(16).padStart(64, '0')

    assert.throws(() => decode([], `0x${word(2n ** 255n)}`), /points outside/)
    assert.throws(() => decode([], `0x${word(64n)}`), /ends at byte/)
    assert.throws(() => decode([], `0x${word(32n)}${word(2n ** 200n)}`), /points outside/)
    assert.throws(() => decode([], `0x${word(32n)}${word(10n)}${'00'.repeat(9)}`), /ends at byte/)
  })

  test('leaves arrays and tuples to a general decoder', ({ assert }) => {
    const { inputs } = parseAbiItem('event Many(uint256[] values)') as AbiEvent

    assert.isNull(flatDecoder(inputs))
  })
})

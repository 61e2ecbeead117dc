import { test } from '@japa/runner'
import { declareSource, InvalidSourceError, withDeclared } from '#sources/declare_source'
import type { SourceDeclaration } from '#sources/declared/declaration'
import { NATIVE } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { sources } from '#sources/venues'
import { someAddress } from '#tests/support/facts'
import { syntheticLog } from '#tests/support/logs'

const PAD = '0x1111111111111111111111111111111111111111'
const LAUNCHED = 'event Launched(address indexed token, address creator, string symbol)'
const TRADED = 'event Traded(address token, address who, bool isBuy, uint128 paid, uint48 got)'
const PAIR = 'event Opened(address token, bytes32 indexed id)'

const trade = {
  signature: TRADED,
  as: 'trade',
  map: { token: 'token', trader: 'who', isBuy: 'isBuy', quoteAmount: 'paid', baseAmount: 'got' },
} as const

const declaration: SourceDeclaration = {
  name: 'mypad',
  label: 'My pad',
  quote: 'native',
  contracts: [
    {
      address: PAD,
      events: [
        {
          signature: LAUNCHED,
          as: 'launch',
          kind: 'created',
          map: { token: 'token', creator: 'creator', symbol: 'symbol' },
        },
        { signature: PAIR, as: 'pool', kind: 'v3', map: { token: 'token', poolId: 'id' } },
        trade,
      ],
    },
  ],
}

const withEvent = (change: object): SourceDeclaration => ({
  ...declaration,
  contracts: [{ address: PAD, events: [{ ...trade, ...change } as never] }],
})

test.group('A declared source', () => {
  test('reads launches, pools and trades as it was told', ({ assert }) => {
    const [token, creator] = [someAddress(), someAddress()]
    const id = `0x${'ab'.repeat(32)}`
    const logs = [
      syntheticLog(PAD, LAUNCHED, [token, creator, 'SYM\u202E']),
      syntheticLog(PAD, PAIR, [token, id]),
      syntheticLog(PAD, TRADED, [token, creator, true, 3n * 10n ** 18n, 2n]),
      syntheticLog(PAD, TRADED, [token, creator, false, 5n, 0n]),
    ]

    const { facts, undecodable } = logReader([declareSource(declaration)])(logs)

    assert.isEmpty(undecodable)
    const [launch, pool, bought, price, sold] = facts.map(({ fact }) => fact)
    assert.containsSubset(launch, { kind: 'created', token, creator, symbol: 'SYM', quote: NATIVE })
    assert.containsSubset(pool, { type: 'pool', kind: 'v3', token, poolId: id, quote: NATIVE })
    assert.containsSubset(bought, {
      side: 'buy',
      trader: creator,
      poolId: token,
      quoteAmount: 3n * 10n ** 18n,
      baseAmount: 2n,
      price: 15n * 10n ** 35n,
    })
    assert.containsSubset(price, { type: 'pool_state', poolId: token, price: 15n * 10n ** 35n })
    assert.containsSubset(sold, { side: 'sell', price: undefined })
    assert.isTrue(facts.every(({ source }) => source === 'mypad'))
  })

  test('a signature may be written without the word event', ({ assert }) => {
    const source = declareSource(withEvent({ signature: TRADED.replace('event ', '') }))
    assert.equal(
      source.contracts[0]!.events[0]!.topic0,
      declareSource(withEvent({})).contracts[0]!.events[0]!.topic0
    )
  })

  const mistakes: [string, SourceDeclaration, RegExp][] = [
    ['a name with spaces', { ...declaration, name: 'My Pad' }, /name is "My Pad"/],
    ['an empty label', { ...declaration, label: ' ' }, /label is empty/],
    ['a quote that is none', { ...declaration, quote: 'BNB' }, /quote is "BNB", but should be "n/],
    ['no contract', { ...declaration, contracts: [] }, /names no contract/],
    [
      'an address that is none',
      { ...declaration, contracts: [{ address: '0x12', events: [trade] }] },
      /address is "0x12", but should be 0x and 40/,
    ],
    [
      'an event twice',
      { ...declaration, contracts: [{ address: PAD, events: [trade, trade] }] },
      /is declared twice/,
    ],
    ['a signature that is none', withEvent({ signature: 'Traded' }), /is not an event\. Write it/],
    [
      'a fact that is none',
      withEvent({ as: 'trades' }),
      /but should be launch, pool or trade\. Did you mean "trade"\?/,
    ],
    [
      'an argument that the event does not have',
      withEvent({ map: { ...trade.map, trader: 'whoo' } }),
      /event "Traded": map\.trader is "whoo", .* Did you mean "who"\? It has: token, who, isBuy/,
    ],
    [
      'an argument of another type',
      withEvent({ map: { ...trade.map, quoteAmount: 'isBuy' } }),
      /map\.quoteAmount is "isBuy" of type bool, but should be an unsigned integer/,
    ],
    [
      'a field that there is not',
      withEvent({ map: { ...trade.map, baseAmonut: 'got' } }),
      /map\.baseAmonut is no field of a trade\. Did you mean "baseAmount"\?/,
    ],
    [
      'a field that is missing',
      withEvent({ map: { token: 'token', isBuy: 'isBuy' } }),
      /map\.trader is missing[^]*map\.quoteAmount is missing[^]*map\.baseAmount is missing/,
    ],
    ['a trade with two sides', withEvent({ side: 'buy' }), /says once whether it is a buy/],
    [
      'an argument without a name',
      withEvent({ signature: 'event Traded(address token, uint256)' }),
      /argument 2 \(uint256\) has no name/,
    ],
    [
      'a text that is indexed',
      withEvent({
        signature: 'event Launched(address token, string indexed symbol)',
        as: 'launch',
        kind: 'created',
        map: { token: 'token', symbol: 'symbol' },
      }),
      /of which the log holds only a hash/,
    ],
    [
      'a kind that there is not',
      withEvent({ signature: PAIR, as: 'pool', kind: 'v4', map: { token: 'token', poolId: 'id' } }),
      /kind is "v4", but should be one of curve, v2, v3, infinity/,
    ],
  ]
  for (const [mistake, wrong, words] of mistakes) {
    test(`is refused in clear words: ${mistake}`, ({ assert }) => {
      const attempt = () => declareSource(wrong)
      assert.throws(attempt, words)
      assert.throws(attempt, InvalidSourceError)
    })
  }

  test('everything that is wrong is told at once', ({ assert }) => {
    const wrong = { ...withEvent({ map: {} }), label: '', quote: 'x' }
    try {
      declareSource(wrong)
    } catch (error) {
      assert.lengthOf((error as Error).message.split('\n  - ').slice(1), 7)
    }
  })

  test('a name that is taken is refused, with those that are', ({ assert }) => {
    const four = declareSource({ ...declaration, name: 'four' })
    assert.throws(
      () => withDeclared(sources, [four]),
      /the name is taken\. Did you mean "my-four"\? Taken are: four, flap/
    )
    const mine = declareSource(declaration)
    assert.throws(() => withDeclared([], [mine, mine]), /the name is taken/)
    assert.deepEqual(withDeclared(sources, [mine]), [...sources, mine])
  })
})

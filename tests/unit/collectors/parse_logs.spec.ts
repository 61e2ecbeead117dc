import { test } from '@japa/runner'
import { parseLogs } from '#collectors/evm/parse_logs'
import { Endpoint } from '#foundation/rpc/endpoint'
import { hashOf } from '#tests/support/chain/bloom_of'

const endpoint = new Endpoint('http://127.0.0.1:9')

const raw = (more: object = {}) => ({
  address: `0x${'a1'.repeat(20)}`,
  topics: [hashOf('topic')],
  data: '0xab12',
  blockNumber: '0x10',
  blockHash: hashOf('block', 16),
  blockTimestamp: '0x6a000000',
  transactionHash: hashOf('tx'),
  transactionIndex: '0x5',
  logIndex: '0x3',
  ...more,
})

const MALFORMED: [string, unknown][] = [
  ['no list', null],
  ['null instead of a log', [null]],
  ['a word instead of a log', ['log']],
  ['a log without an address', [raw({ address: null })]],
  ['a short topic', [raw({ topics: ['0x12'] })]],
  ['topics that are no list', [raw({ topics: {} })]],
  ['half a byte of data', [raw({ data: '0xabc' })]],
  ['data that is no hex', [raw({ data: '0xzz' })]],
  ['a block number that is none', [raw({ blockNumber: 'latest' })]],
  ['a block number too large to count with', [raw({ blockNumber: '0xffffffffffffffffffff' })]],
  ['a log of a pending block', [raw({ blockHash: null, logIndex: null })]],
  ['an index that no block has', [raw({ logIndex: '0xffffffff' })]],
  ['an index that repeats', [raw(), raw({ transactionHash: hashOf('other') })]],
  [
    'indexes that begin anew in each transaction',
    [raw({ logIndex: '0x1', transactionIndex: '0x9' }), raw({ logIndex: '0x2' })],
  ],
  ['two blocks of one number', [raw(), raw({ logIndex: '0x4', blockHash: hashOf('fork') })]],
]

test.group('Logs as endpoints answer them', () => {
  for (const [name, answer] of MALFORMED) {
    test(`${name} refuses the answer`, ({ assert }) => {
      const refused = () => parseLogs(endpoint, answer)
      assert.throws(refused, /127\.0\.0\.1:9 answered/)
    })
  }

  test('they are put in the order of the chain, in lower case, without those a reorg removed', ({
    assert,
  }) => {
    const upper = raw({ logIndex: '0X2', address: raw().address.toUpperCase().replace('X', 'x') })
    const logs = parseLogs(endpoint, [
      raw({ blockNumber: '0x11', blockHash: hashOf('block', 17), data: '0xAB' }),
      raw(),
      raw({ removed: true }),
      upper,
    ])
    assert.deepEqual(
      logs.map(({ blockNumber, logIndex }) => [blockNumber, logIndex]),
      [
        [16, 2],
        [16, 3],
        [17, 3],
      ]
    )
    assert.equal(logs[0]!.address, raw().address)
    assert.equal(logs[2]!.data, '0xab')
  })

  for (const blockTimestamp of [undefined, null, '0x0', 0, 'now', '0xffffffffffffffffff']) {
    test(`a block time of ${String(blockTimestamp)} is none`, ({ assert }) => {
      const [log] = parseLogs(endpoint, [raw({ blockTimestamp })])
      assert.isUndefined(log!.blockTime)
    })
  }
})

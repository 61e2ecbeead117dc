import { test } from '@japa/runner'
import { toHeader } from '#foundation/rpc/block_header'
import { hashOfHeader } from '#foundation/rpc/header_hash'
import { rootOfReceipts } from '#foundation/rpc/receipts_root'

const ZEROS = (bytes: number) => `0x${'00'.repeat(bytes)}`

/** Of so many transfers in one block, as anvil 1.x reckons it. */
const ROOTS: [number, string][] = [
  [0, '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'],
  [1, '0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa'],
  [2, '0x75308898d571eafb5cd8cde8278bf5b3d13c5f6ec074926de3bb895b519264e1'],
  [17, '0x2c36e09d9cd52c95d99b4276acb915088e3e6bd77bf93076e2609ddad467eefa'],
  [130, '0x2d39b6a8325cd4e3309009b724a1ea812e13296922ed1e302eb67e073ed26cec'],
  [300, '0x5aed9bc5368829a70b1c05624fc520ae5d2dae397d55bed90e563deff1ee4153'],
]

/** The receipts of so many transfers. */
function transfers(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: `0x${(21_000 * (at + 1)).toString(16)}`,
    logsBloom: ZEROS(256),
    logs: [] as unknown[],
  }))
}

/** A header that anvil made. */
const HEADER = {
  hash: '0x5c1afbc926d821e444b8a2d0b441ffaad8f175bb65b02d9a6628373ccca0b7b9',
  parentHash: '0x2d4cc30409b6e36620c5f2dee2b0274d7d8af29026ebfaf1242606a134c0aaf8',
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: ZEROS(20),
  stateRoot: '0xac9ba19f2ce4e465d4a50d7e46d610ae2c7b0b0a75962dcc6033beaf020d96cf',
  transactionsRoot: '0x5496e17c4ff3afc6a08f73c14771965dbfb625e59c64487a83bded5ddaea94fb',
  receiptsRoot: '0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa',
  logsBloom: ZEROS(256),
  difficulty: '0x0',
  number: '0x1',
  gasLimit: '0x3473bc0',
  gasUsed: '0x5208',
  timestamp: '0x6b0b70ea',
  extraData: '0x',
  mixHash: '0xa0a3f9bd96c9d5f4fe0a51fd0c4466c811515addb16ffd21948257b2d4a91813',
  nonce: ZEROS(8),
  baseFeePerGas: '0x0',
  withdrawalsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZEROS(32),
  requestsHash: '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
}

test.group('What a header proves', () => {
  for (const [count, root] of ROOTS) {
    test(`the root of ${count} receipts is that of a node`, ({ assert }) => {
      assert.equal(rootOfReceipts(transfers(count)), root)
    })
  }

  test('the hash of a header is that of its fields, and any other field makes another one', ({
    assert,
  }) => {
    assert.equal(hashOfHeader(HEADER), HEADER.hash)
    assert.notEqual(hashOfHeader({ ...HEADER, logsBloom: `0x${'ff'.repeat(256)}` }), HEADER.hash)
    assert.isNull(hashOfHeader({ ...HEADER, stateRoot: undefined }))
  })

  test('a header in capital digits names the same root', ({ assert }) => {
    const inCapitals = Object.entries(HEADER).map(([name, hex]) => [
      name,
      `0x${hex.slice(2).toUpperCase()}`,
    ])
    const header = toHeader(Object.fromEntries(inCapitals))

    assert.isNotNull(header!.receiptsRoot)
    assert.deepEqual(header, toHeader(HEADER))
  })

  test('a log more, fewer or changed makes another root, and a receipt of an unknown kind none', ({
    assert,
  }) => {
    const [receipt] = transfers(1)
    const log = { address: ZEROS(20), topics: [ZEROS(32)], data: '0x2a' }
    const roots = [[], [log], [log, log], [{ ...log, data: '0x2b' }]].map((logs) =>
      rootOfReceipts([{ ...receipt, logs }])
    )
    assert.lengthOf(new Set(roots), 4)
    assert.isNull(rootOfReceipts([{ ...receipt, type: '0x7e' }]))
    assert.isNull(rootOfReceipts([null]))
  })
})

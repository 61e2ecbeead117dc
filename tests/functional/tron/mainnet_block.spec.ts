import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { LinkedBlock } from '#collectors/tron/final_blocks'
import { GrpcBlocks } from '#collectors/tron/grpc_blocks'
import { readRecords } from '#collectors/tron/read_records'
import { TronNode } from '#collectors/tron/tron_node'
import { TronNodes } from '#collectors/tron/tron_nodes'
import { UnfreezeDelay } from '#collectors/tron/unfreeze_delay'
import { readBlockExtention, type GivenBlock } from '#sources/tron/block'
import { readBlockJson } from '#sources/tron/block_json'
import { tronNetwork } from '#sources/tron/networks'
import { Signers } from '#sources/tron/signatures'
import { emptyDatabase } from '#tests/support/database'
import { quietLogger } from '#tests/support/logged_lines'
import { SettableClock } from '#tests/support/settable_clock'
import { realBlockBytes, realBlockJson, realStake } from '#tests/support/tron_fixtures'
import { storeTronBlocks } from '#tests/support/tron_records'

const network = tronNetwork('mainnet')!

/** The block's records as the scanner reads them, from so many nodes that answer it as JSON. */
async function readFrom(given: GivenBlock, nodeCount: number) {
  const clock = new SettableClock()
  const json = JSON.stringify(realBlockJson())
  const fetch = async (url: string) =>
    new Response(url.endsWith('getblock') ? `{"blockID":"${network.genesisId}"}` : json)
  const each = Array.from(
    { length: nodeCount },
    (_, place) => new TronNode(`http://node-${place}.test`, { clock, fetch })
  )
  const nodes = new TronNodes(each, network, clock)
  const { number, id, parentId, witness, timestampMs } = given.header
  const place = { number, id, parentId, witness, timestampMs, signer: witness }
  const block: LinkedBlock = {
    ...place,
    given,
    node: each[0]!,
    previousTimeMs: timestampMs - 3000,
  }
  const tools = {
    nodes,
    grpc: new GrpcBlocks([], quietLogger),
    signers: new Signers(),
    delay: new UnfreezeDelay(nodes, clock),
    watched: async () => 'all' as const,
    // Who signed is another matter, and takes the longest.
    signedBy: async () => new Set<string>(),
  }
  const { reading, gaps } = await readRecords(tools, [block])
  return { blocks: reading.blocks, gaps, marks: nodes.marks() }
}

const decoded = ({ lock_blocks: blocks = null, permission_id: permissionId, ...row }: any) => ({
  txId: row.tx_hash,
  kind: row.operation_type,
  owner: row.owner_address,
  receiver: row.receiver_address ?? null,
  resource: row.resource_type,
  amount: row.amount,
  lockBlocks: blocks === null ? null : Number(blocks),
  permissionId,
})

async function storedStake() {
  const rows = [...(await db.from('stake_records')), ...(await db.from('delegate_records'))]
  return rows.sort((one, other) => one.tx_index - other.tx_index).map(decoded)
}

test.group('A block of mainnet', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is stored from its bytes as tronweb decodes it, once however often and in which form it is read', async ({
    assert,
  }) => {
    const bytes = await readFrom(readBlockExtention(realBlockBytes()), 1)
    const json = await readFrom(readBlockJson(realBlockJson()), 2)

    await storeTronBlocks(bytes.blocks)
    const stored = await storedStake()
    for (const { blocks } of [bytes, json]) await storeTronBlocks(blocks)

    assert.lengthOf(stored, 125 + 66 + 1)
    assert.sameDeepOrderedMembers(stored, realStake())
    assert.lengthOf(await storedStake(), stored.length)
    const states = await db.from('delegate_records').distinct('proof_state', 'status')
    assert.deepEqual(states, [{ proof_state: 'proven', status: 'confirmed' }])
  })

  test('is not proven by JSON, which has lost a field of it: a second node has to agree', async ({
    assert,
  }) => {
    const given = readBlockJson(realBlockJson())
    assert.isFalse(given.isProven)
    assert.isNull(given.contradiction)

    const [one, two] = [await readFrom(given, 1), await readFrom(given, 2)]
    assert.deepEqual(
      [one, two].map(({ blocks }) => blocks[0]!.proof),
      ['single', 'agreed']
    )
    assert.isEmpty([...one.gaps, ...two.gaps, ...one.marks, ...two.marks])
  })
})

import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { faultyProvider } from '#tests/support/chain/faults'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { seededRandom, type Random } from '#tests/support/random'
import { readOnce, readToTheEnd, scannerOf } from '#tests/support/scanner'

/** Set PROPERTY_SEEDS to try more, PROPERTY_FROM to repeat one. */
const SEEDS = Number(process.env.PROPERTY_SEEDS ?? 200)
const FIRST_SEED = Number(process.env.PROPERTY_FROM ?? 1)

const DEEPEST_REORG = 64

/** Lets a chain live through mining, reorgs, restarts and failing providers, and reads it all the while. */
async function live(seed: number, confirm: 'finalized' | 'latest') {
  const chain = new TestChain(seed)
  const servers = await Promise.all([RpcServer.start(chain), RpcServer.start(chain)])
  try {
    await readThroughFaults(chain, servers, seededRandom(seed), confirm)
  } finally {
    await Promise.all(servers.map((server) => server.close()))
  }
  return chain
}

async function readThroughFaults(
  chain: TestChain,
  servers: RpcServer[],
  random: Random,
  confirm: 'finalized' | 'latest'
) {
  chain.mine(random.between(5, 120))
  for (const server of servers) {
    server.fault = faultyProvider(random, random.pick([0, 0.05, 0.25]))
    server.lag = () => (random.chance(0.3) ? random.between(1, 3) : 0)
  }

  const start = () =>
    scannerOf(
      servers.map(({ url }) => url),
      { confirm, batchSize: random.pick([7, 40, 1000]) }
    )
  let scanner = start()

  for (let round = 0; round < 12; round++) {
    chain.mine(random.between(1, 6))
    if (confirm === 'latest' && random.chance(0.25)) {
      chain.reorg(random.between(1, Math.min(DEEPEST_REORG, chain.head.number)))
    }
    if (random.chance(0.15)) {
      scanner = start()
    }
    await readOnce(scanner)
  }

  for (const server of servers) {
    server.lag = () => 0
  }
  chain.mine(1)
  await readToTheEnd(scanner)
}

test.group('Reading a chain through failing providers', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.timeout(300_000 + SEEDS * 10_000)

  test(`up to the finalized block, what is stored is the chain (${SEEDS / 2} seeds)`, async ({
    assert,
  }) => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 2; seed++) {
      await emptyDatabase()
      const chain = await live(seed, 'finalized')

      assert.deepEqual(
        await storedPlaces(),
        placesOf(chain.logsTo(chain.finalized.number)),
        `PROPERTY_FROM=${seed}`
      )
      const [{ removed }] = await db.from('trades').whereNotNull('removed_at').count('* as removed')
      assert.equal(Number(removed), 0, `something phantom was stored: PROPERTY_FROM=${seed}`)
    }
  })

  test(`up to the newest block, with reorgs of up to 64 blocks, too (${SEEDS / 2} seeds)`, async ({
    assert,
  }) => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 2; seed++) {
      await emptyDatabase()
      const chain = await live(seed, 'latest')

      assert.deepEqual(
        await storedPlaces(),
        placesOf(chain.logsTo(chain.head.number)),
        `PROPERTY_FROM=${seed}`
      )
    }
  })
})

import { test } from '@japa/runner'
import { behaviours } from '#tests/support/chain/behaviours'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { seededRandom } from '#tests/support/random'
import { readOnce, readToTheEnd, scannerOf } from '#tests/support/scanner'

/** An endpoint of another chain is a wrong setting where it is the only one. */
const NOT_ALONE = ['foreign']

test.group('A dishonest endpoint', (group) => {
  group.each.setup(() => emptyDatabase())

  for (const [name, behave] of Object.entries(behaviours)) {
    test(`that is ${name} loses nothing beside a good one, and invents nothing alone`, async ({
      assert,
      cleanup,
    }) => {
      const chain = new TestChain(7)
      chain.density = 0.3
      chain.mine(75)
      const [bad, good] = await Promise.all([RpcServer.start(chain), RpcServer.start(chain)])
      cleanup(async () => {
        await Promise.all([bad.close(), good.close()])
      })
      bad.fault = behave(chain, seededRandom(7))
      const { logger } = loggedLines()

      if (!NOT_ALONE.includes(name)) {
        const alone = scannerOf([bad.url], { logger })
        for (let round = 0; round < 3; round++) await readOnce(alone)
        assert.includeMembers(placesOf(chain.logsTo(73)), await storedPlaces())
        await emptyDatabase()
      }

      const scanner = scannerOf([bad.url, good.url], { logger })
      await readToTheEnd(scanner)
      assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(73)))
    })
  }
})

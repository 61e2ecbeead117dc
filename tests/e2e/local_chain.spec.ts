import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { startAnvil } from '#demo/chain/anvil'
import { anvilPath, KEPT_STATES } from '#demo/chain/anvil_program'
import { connect } from '#demo/chain/local_chain'
import { freePort } from '#demo/processes/ports'

const HOLDER = '0x00000000000000000000000000000000000000aa'

async function folder(self: TestContext['test']) {
  const path = await mkdtemp(join(tmpdir(), 'regou-chain-'))
  self.cleanup(() => rm(path, { recursive: true, force: true }))
  return path
}

async function program(self: TestContext['test'], script: string) {
  const path = join(await folder(self), 'anvil')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  process.env.ANVIL_PATH = path
  self.cleanup(() => {
    delete process.env.ANVIL_PATH
  })
}

test.group('The local chain', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('writes nothing, neither at home nor among temporary files, in twice the blocks that it keeps states of', async ({
    assert,
    test: self,
  }) => {
    const home = await folder(self)
    const env = { HOME: home, USERPROFILE: home, TMPDIR: home, XDG_CACHE_HOME: home }
    const anvil = await startAnvil({ port: await freePort(), env })
    self.cleanup(() => anvil.stop())
    const { client, head } = await minedTwiceOver(anvil.url)

    assert.equal(head, BigInt(2 * KEPT_STATES))
    assert.deepEqual(await readdir(home), [])

    const kept = head - BigInt(KEPT_STATES) + 1n
    assert.equal(await client.getBalance({ address: HOLDER, blockNumber: kept }), 5n)
    await assert.rejects(() => client.getBalance({ address: HOLDER, blockNumber: 1n }))
    const first = await client.getBlock({ blockNumber: 1n })
    assert.equal(first.number, 1n)

    await anvil.stop()
    assert.deepEqual(await readdir(home), [])
  })

  test('that ends at once is reported with its own words and a way out', async ({
    assert,
    test: self,
  }) => {
    await program(self, `echo "anvil: version 'GLIBC_2.35' not found" >&2; exit 1`)
    const port = await freePort()

    const told = await startAnvil({ port }).catch((error: Error) => error.message)

    assert.include(told, `ended with exit code 1 instead of serving port ${port}`)
    assert.include(told, `version 'GLIBC_2.35' not found`)
    assert.include(told, 'ANVIL_PATH=/path/to/anvil npm run demo')
    assert.include(told, 'BSC_RPC_URL')
  })

  test('whose loader is missing says so', async ({ assert, test: self }) => {
    await program(self, '')
    await writeFile(process.env.ANVIL_PATH!, '#!/lib/ld-none.so\n')

    const told = await startAnvil({ port: await freePort() }).catch((error: Error) => error.message)

    assert.match(String(told), /could not be started\. It said:\n.*ENOENT/)
    assert.include(told, 'ANVIL_PATH')
  })

  test('of an ANVIL_PATH that names no file is refused', ({ assert }) => {
    assert.throws(() => anvilPath('/nowhere/anvil'), /^ANVIL_PATH names no file/)
  })
})

/** The chain after so many blocks that half of their states are no longer kept. */
async function minedTwiceOver(url: string) {
  const client = connect(url)
  await client.setBalance({ address: HOLDER, value: 5n })
  await client.mine({ blocks: 2 * KEPT_STATES })
  return { client, head: await client.getBlockNumber() }
}

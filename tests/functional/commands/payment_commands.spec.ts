import { test } from '@japa/runner'
import { parseEther } from 'viem'
import billingConfig from '#config/billing'
import { storeUser } from '#tests/support/api_token'
import { startBilling } from '#tests/support/billing'
import { commandJson, runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { setWhile } from '#tests/support/settings'

const BNB = parseEther('1')

test.group('Commands about payments', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an operator sees who pays, assigns, gives, takes, and has it proven', async (ctx) => {
    const { chain } = await startBilling(ctx.test)
    setWhile(ctx.test, billingConfig, {
      endpoints: [chain.url],
      xpub: undefined,
      collectWallet: chain.payers[8],
    })
    const wallet = chain.payers[1]!
    await storeUser(wallet)
    await runCommand('scan:payments', '--once')
    await chain.pay(chain.payers[8]!, BNB, wallet)
    await chain.pay(chain.payers[8]!, 2n * BNB, chain.payers[2])
    await chain.finalize()
    const missed = await runCommand('payments:audit')
    ctx.assert.equal(missed.code, 4)
    ctx.assert.match(missed.stdout.join('\n'), /3000000000000000000 wei were received/)

    const once = await runCommand('scan:payments', '--once')
    ctx.assert.equal(once.code, 0, once.stderr)
    const data = await commandJson('payments:list', '--unassigned')
    const [waiting] = data
    ctx.assert.deepEqual([waiting.amount, waiting.sender], [String(2n * BNB), chain.payers[2]])
    const assigned = await runCommand('payments:assign', String(waiting.id), `--user=${wallet}`)
    ctx.assert.match(assigned.stderr, /is credited to 0x7099.*now ends at/)

    const given = await runCommand('user:grant', wallet, '--for=10d', '--note=thanks')
    ctx.assert.equal(given.code, 0, given.stderr)
    const shown = await commandJson('user:show', wallet)
    ctx.assert.closeTo(shown.ends_at, Date.now() + 100 * 86_400_000, 600_000)
    ctx.assert.deepEqual(
      shown.changes.map(({ cause }: { cause: string }) => cause),
      ['grant', 'payment', 'payment']
    )
    const revoked = await runCommand('user:revoke', wallet)
    ctx.assert.equal(revoked.code, 0, revoked.stderr)
    const users = await runCommand('user:list')
    ctx.assert.deepEqual(users.stdout[1]!.split('\t').slice(1, 3), [wallet, 'monthly'])

    const proof = await commandJson('payments:audit')
    ctx.assert.isTrue(proof.holds)
    ctx.assert.equal(proof.credited, String(3n * BNB))
  })
})

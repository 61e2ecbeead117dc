import { test } from '@japa/runner'
import { storeUser } from '#tests/support/api_token'
import { appUrl } from '#tests/support/app_url'
import { runCommand as ace } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'

const WALLET = `0x${'Ab'.repeat(20)}`

test.group('node ace token:*', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a token is made and shown once, opens the API, is listed and revoked', async ({
    assert,
  }) => {
    const status = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const { status: code } = await fetch(appUrl('/api/v1/webhook/endpoints'), { headers })
      return code
    }

    const made = await ace('token:create', '--name=grafana', '--scopes=webhooks:read')
    assert.equal(made.code, 0, made.stderr)
    assert.lengthOf(made.stdout, 1)
    const [token] = made.stdout
    assert.match(token!, /^regou_\S+$/)
    assert.notInclude(made.stderr, token!)
    assert.equal(await status(token!), 200)

    await storeUser(WALLET.toLowerCase())
    const user = ['--name=theirs', '--scopes=*', '--expires=90d', `--user=${WALLET}`, '--json']
    const theirs = await ace('token:create', ...user)
    const { expires_at: expiresAt } = JSON.parse(theirs.stdout.join()).data
    assert.closeTo(expiresAt, Date.now() + 90 * 86_400_000, 60_000)

    const listed = await ace('token:list')
    assert.equal(listed.stdout[0]!.split('\t')[0], 'id')
    const owners = listed.stdout.slice(1).map((line) => line.split('\t').slice(1, 4))
    assert.deepEqual(owners, [
      ['grafana', 'operator', 'webhooks:read'],
      ['theirs', WALLET.toLowerCase(), '*'],
    ])
    assert.notInclude(listed.stdout.join(), token!)

    const [id] = /(?<=Token )\d+/.exec(made.stderr)!
    const revoked = await ace('token:revoke', id)
    assert.equal(revoked.code, 0, revoked.stderr)
    assert.equal(await status(token!), 401)

    const again = await ace('token:revoke', id)
    assert.equal(again.code, 1)
    assert.match(again.stderr, /There is no token \d+/)

    const misspelt = await ace('token:create', '--name=x', '--scopes=webhook:read')
    assert.equal(misspelt.code, 1)
    assert.match(misspelt.stderr, /Did you mean "webhooks:read"\?/)
    const stranger = await ace('token:create', '--name=x', '--scopes=*', '--user=0x12')
    assert.equal(stranger.code, 1)
    assert.match(stranger.stderr, /No account has the wallet 0x12/)
  })
})

import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { commandJson as json, runCommand as ace } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { storeTrade } from '#tests/support/facts'
import { startRawReceiver } from '#tests/support/raw_receiver'
import { startReceiver, verify } from '#tests/support/receiver'

test.group('node ace webhook:*', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a filter and a template are tried, then given to an endpoint', async ({ assert }) => {
    await storeTrade({ quote_amount: '2000000000000000000' })
    await storeTrade({ quote_amount: '500000000000000000' })
    const { id } = await storeEndpoint('https://192.88.98.1/', { filter: 'true' })
    const template = '{"text": data.side}'

    const tried = await ace(
      'webhook:try',
      '--filter=units(data.quote_amount) > 1.0',
      `--template=${template}`
    )
    assert.equal(tried.code, 0, tried.stderr)
    assert.match(tried.stdout.join('\n'), /trade\.executed\tsent\t{"text":"buy"}/)
    assert.match(tried.stdout.join('\n'), /trade\.executed\tfiltered out\t-/)

    const refused = await ace('webhook:update', String(id), '--filter=sourc == ""')
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /Unknown variable: sourc \(line 1, column 1\)/)

    const changed = await ace(
      'webhook:update',
      String(id),
      `--template=${template}`,
      '--filter=none'
    )
    assert.equal(changed.code, 0, changed.stderr)
    const endpoint = await WebhookEndpoint.findOrFail(id)
    assert.equal(endpoint.template, template)
    assert.isNull(endpoint.filter)
  })

  test('what a receiver writes acts on no terminal, in words and in JSON', async ({ assert }) => {
    const acting = '\u009b2J\u009d\u202e'
    const { url } = await startRawReceiver((socket) => {
      const body = `\u001b[2J${acting}`
      const length = Buffer.byteLength(body)
      socket.write(
        `HTTP/1.1 302 Found\r\nLocation: /${acting}\r\ncontent-length: ${length}\r\n\r\n`
      )
      socket.write(body)
    })
    const { id } = await storeEndpoint(url)

    const tested = await ace('webhook:test', String(id))
    const inJson = await ace('webhook:test', String(id), '--json')

    for (const text of [tested.stdout.join(), tested.stderr, inJson.stdout.join()]) {
      // eslint-disable-next-line no-control-regex
      assert.notMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
      assert.include(text, '\\u009b2J')
    }
    assert.equal(JSON.parse(inJson.stdout.join()).data.http_status, 302)
  })

  test('an endpoint is added, tested, listed, rotated, checked, disabled and counted', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 3 ? 503 : 204).end()
    })

    const added = await ace('webhook:add', `${receiver.url}?key=hidden`, '--events=launch.*')
    assert.equal(added.code, 0, added.stderr)
    const [secret] = added.stdout
    assert.match(secret!, /^whsec_/)
    const [id] = /(?<=Endpoint )\d+/.exec(added.stderr)!

    const tested = await ace('webhook:test', id)
    assert.equal(tested.code, 0, tested.stderr)
    assert.match(tested.stdout[0]!, /^Accepted with 204, after \d+ ms \(evt_\w+\)\.$/)
    assert.deepEqual(verify(receiver.deliveries[0]!, secret), receiver.deliveries[0]!.event)

    const listed = await ace('webhook:list')
    assert.equal(listed.stdout[0]!.split('\t')[0], 'id')
    assert.deepEqual(listed.stdout[1]!.split('\t').slice(0, 3), [id, 'active', '0'])
    assert.notInclude(listed.stdout.join(), 'hidden')
    assert.notInclude(JSON.stringify(await json('webhook:list')), secret!.slice(6))

    const rotated = await json('webhook:rotate', id)
    assert.notEqual(rotated.secret, secret)
    await ace('webhook:test', id)
    const { headers } = receiver.deliveries[1]!
    assert.isOk(verify(receiver.deliveries[1]!, secret))
    assert.isOk(verify(receiver.deliveries[1]!, rotated.secret))

    const refused = await ace('webhook:test', id)
    assert.equal(refused.code, 4)
    assert.match(refused.stdout[0]!, /^Not accepted: .*2xx status \(503\)/)

    const check = ['id', 'timestamp', 'signature'].map(
      (name) => `--header=webhook-${name}: ${headers[`webhook-${name}`]}`
    )
    const wrong = await ace('webhook:verify', '--body=package.json', ...check, `--secret=${secret}`)
    assert.equal(wrong.code, 4)
    assert.match(wrong.stdout[0]!, /^The signature is wrong/)

    const disabled = await ace('webhook:disable', id, '--reason=moves')
    assert.equal(disabled.code, 0)
    const endpoints = await json('webhook:list')
    assert.containsSubset(endpoints, [{ state: 'disabled', state_reason: 'moves' }])
    const replay = await ace('webhook:replay', `--endpoint=${id}`, '--failed', '--since=2h')
    assert.equal(replay.code, 1)
    assert.match(replay.stderr, /is disabled\. Enable it first: node ace webhook:enable/)
    const enabled = await ace('webhook:enable', id)
    assert.equal(enabled.code, 0)

    const replayed = ['webhook:replay', `--endpoint=${id}`, '--history', '--since=2h'] as const
    assert.containsSubset(await json(...replayed, '--dry-run'), { added: 0, revived: 0 })
    const begun = await json(...replayed, '--rate=5')
    assert.containsSubset(begun, { state: 'running', rate_per_second: 5 })
    const ended = await json('webhook:replay', `--cancel=${begun.id}`)
    assert.equal(ended.state, 'cancelled')
    assert.containsSubset(await json('webhook:replays'), [{ id: begun.id }])
    const stats = await json('webhook:stats')
    assert.equal(stats.total_pushed, 0, 'tests are not counted')
  })

  test('what cannot be is refused with one line on stderr, nothing on stdout, and 1', async ({
    assert,
  }) => {
    const refusals: [[string, ...string[]], RegExp][] = [
      [['webhook:add', 'nowhere'], /^This is not a URL/],
      [['webhook:add', 'https://192.88.98.1/', '--events=lunch.created'], /Did you mean "launch/],
      [['webhook:test', '99'], /^There is no endpoint 99/],
      [['webhook:rotate', '99', '--overlap=later'], /^--overlap is "later"/],
      [['webhook:replay', '--endpoint=1', '--failed'], /^Say which endpoint, what, and since when/],
      [['webhook:verify', '--body=/nowhere', '--secret=whsec_a'], /^The body cannot be read/],
    ]
    for (const [[name, ...args], words] of refusals) {
      const { code, stdout, stderr } = await ace(name, ...args)
      assert.equal(code, 1)
      assert.isEmpty(stdout)
      assert.lengthOf(stderr.split('\n'), 1, stderr)
      assert.match(stderr, words)
    }
  })
})

import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint, until } from '#tests/support/delivery'
import {
  absentExamples,
  presentExamples,
  startExample,
  temporaryFolder,
} from '#tests/support/example_receivers'
import { storeLaunch } from '#tests/support/facts'
import { RECEIVER_SECRET } from '#tests/support/receiver'
import { statusOf, UNSIGNED } from '#tests/support/unsigned_requests'

const OTHER_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='

/** By so much a receiver may grow, whatever is sent to it. */
const MOST_MB = 64

const REFUSED = [400, 401, 413]

const SIX_MINUTES_MS = 6 * 60_000

const answers = async (url: string) => (await fetch(url).catch(() => null)) !== null

interface Signing {
  secrets?: string[]
  at?: Date
  headers?: Record<string, string>
}

/** Posts a body under the signatures of a stranger's library, and answers the status. */
async function post(url: string, id: string, body: string, signing: Signing = {}) {
  const { secrets = [RECEIVER_SECRET], at = new Date(), headers } = signing
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body))
  const signed = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  }
  const response = await fetch(url, { method: 'POST', body, headers: { ...signed, ...headers } })
  return response.status
}

const launch = (id: string, type = 'launch.created') => ({
  id,
  event_type: type,
  data: { id: 7, symbol: 'TEST', event_time: Date.now() },
})

/** Where runtimes were installed for these tests, a missing one is a fault. */
const required = (process.env.EXAMPLES_REQUIRED ?? 'node').split(',')

test('every example runs whose runtime was asked for', ({ assert }) => {
  const present = presentExamples.map(({ language }): string => language)

  assert.includeMembers(present, required)
}).tags(['@sqlite'])

for (const { language } of absentExamples) {
  process.stdout.write(`\nexamples/receivers/${language} is not run: it needs ${language}\n`)
}

for (const example of presentExamples) {
  test.group(`examples/receivers/${example.language}`, (group) => {
    group.tap((one) => one.tags(['@sqlite']))
    group.each.setup(() => emptyDatabase())

    async function start(folder?: string) {
      const receiver = await startExample(example, folder)
      await until(() => answers(receiver.url))
      return receiver
    }

    test('works on what Regou sends, disarms names, and stops on SIGTERM', async ({ assert }) => {
      const { url, events, stop } = await start()
      await storeEndpoint(url)
      await storeLaunch({ symbol: 'A\u202EB\u001B[2J', event_time: Date.now() })

      startSender()
      await allJobsDone()
      await until(async () => events().length === 1)

      assert.match(
        events()[0]!,
        /^launch\.created A\uFFFDB\uFFFD\[2J evt_[0-9a-f]{32}, \d+ ms old, 1 distinct$/
      )
      await stop()
    })

    test('works on an event once', async ({ assert }) => {
      const { url, events } = await start()
      const event = JSON.stringify(launch('evt_1'))

      assert.equal(await post(url, 'evt_1', event), 204)
      assert.equal(await post(url, 'evt_1', event), 204)
      assert.equal(await post(url, 'evt_2', JSON.stringify(launch('evt_2'))), 204)

      await until(async () => events().some((line) => line.includes('evt_2')))
      const worked = events().filter((line) => line.endsWith('distinct'))
      assert.deepEqual(
        worked.map((line) => /evt_\d/.exec(line)![0]),
        ['evt_1', 'evt_2']
      )
    })

    test('knows after a kill what it was sent before', async ({ assert }) => {
      const folder = temporaryFolder()
      const killed = await start(folder)
      await post(killed.url, 'evt_1', JSON.stringify(launch('evt_1')))
      await post(killed.url, 'evt_2', JSON.stringify(launch('evt_2')))
      // One after the other: when the second has begun, it is noted that the first is done.
      await until(async () => killed.events().some((line) => line.includes('evt_2')))
      await killed.stop('SIGKILL')

      const { url, events } = await start(folder)
      await post(url, 'evt_1', JSON.stringify(launch('evt_1')))
      await post(url, 'evt_3', JSON.stringify(launch('evt_3')))

      await until(async () => events().some((line) => line.includes('evt_3')))
      assert.isEmpty(events().filter((line) => /evt_1.*distinct/.test(line)))
    })

    test('takes a batch apart, and knows what was taken back', async ({ assert }) => {
      const { url, events } = await start()
      const batch = {
        event_type: 'batch',
        events: [launch('evt_1', 'launch.created.removed'), launch('evt_2')],
      }

      assert.equal(await post(url, 'batch_1', JSON.stringify(batch)), 204)

      await until(async () => events().length === 2)
      assert.lengthOf(
        events().filter((line) => line.includes('taken back')),
        2
      )
    })

    test('accepts any right signature while a secret is rotated', async ({ assert }) => {
      const { url } = await start()
      const secrets = [OTHER_SECRET, RECEIVER_SECRET]

      assert.equal(await post(url, 'evt_1', JSON.stringify(launch('evt_1')), { secrets }), 204)
    })

    test('answers whatever is not signed with 400, 401 or 413, in little memory', async ({
      assert,
    }) => {
      const { url, events, peakMb } = await start()
      const before = peakMb()

      for (const request of UNSIGNED) {
        const status = await statusOf(url, request)
        const isHungUp = status === null && example.isForTrying
        assert.isTrue(isHungUp || REFUSED.includes(status!), `${request.is}: ${status}`)
      }
      assert.isEmpty(events())
      assert.equal(await post(url, 'evt_1', JSON.stringify(launch('evt_1'))), 204)
      if (before !== null && !example.isForTrying) {
        assert.isBelow(peakMb()! - before, MOST_MB)
      }
    })

    test('answers what is signed and no JSON with 400', async ({ assert }) => {
      const { url } = await start()
      assert.equal(await post(url, 'evt_1', 'no JSON'), 400)
    })

    test('refuses what is forged, changed, unsigned or old', async ({ assert }) => {
      const { url, events } = await start()
      const body = JSON.stringify(launch('evt_1'))
      const refused: Signing[] = [
        { secrets: [OTHER_SECRET] },
        { headers: { 'webhook-id': 'evt_2' } },
        { headers: { 'webhook-signature': 'v1,é' } },
        { headers: { 'webhook-signature': '' } },
        { headers: { 'webhook-timestamp': 'now' } },
        { at: new Date(Date.now() - SIX_MINUTES_MS) },
        { at: new Date(Date.now() + SIX_MINUTES_MS) },
      ]

      for (const signing of refused) {
        assert.equal(await post(url, 'evt_1', body, signing), 401, JSON.stringify(signing))
      }
      assert.isEmpty(events())
    })
  })
}

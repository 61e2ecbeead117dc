import { test } from '@japa/runner'
import type { Refusal } from '#delivery/channel'
import { TokenBucket } from '#delivery/lanes/throttle'
import type { DueJob } from '#delivery/queue/job'
import { robotFormats, type RobotFormatName } from '#webhooks/formats/registry'
import { emptyDatabase } from '#tests/support/database'
import { launchJob, openRobot } from '#tests/support/robots'

/** A name that wakes, formats, links and hides wherever it can. */
const HOSTILE =
  '@everyone <!channel> <at user_id="all"></at> **b** __u__ [x](http://evil.example) \u202eSKA\u0000'

/** How long events come in the test of the pace, in milliseconds. */
const TEN_SECONDS = 10_000

/** What every format has to do, on a server with the rules of its platform. */
for (const name of Object.keys(robotFormats) as RobotFormatName[]) {
  test.group(`Messages to a robot of ${robotFormats[name].label}`, (group) => {
    group.tap((one) => one.tags(['@sqlite']))
    group.each.setup(() => emptyDatabase())

    const jobs = (count: number, fact = {}) =>
      Array.from({ length: count }, (_, at) => launchJob(at, { kind: 'graduated', ...fact }))

    test('one event is told with its whole address', async ({ assert }) => {
      const { tell, group: chat } = await openRobot(name)
      const [job] = jobs(1)
      assert.isTrue(await tell([job!]))

      assert.lengthOf(chat.shown, 1)
      assert.include(chat.shown[0], String(job!.fact.token_address))
    })

    test('60 events and 200 are one message, which the platform takes, with what is left out counted', async ({
      assert,
    }) => {
      for (const count of [60, 200]) {
        const { tell, group: chat } = await openRobot(name)
        assert.isTrue(await tell(jobs(count)))

        assert.lengthOf(chat.shown, 1)
        assert.match(chat.shown[0]!, new RegExp(`\\b${count}\\b`))
        assert.deepEqual(chat.refusals, [])
      }
    })

    test('a name wakes nobody, formats nothing and hides nothing', async ({ assert }) => {
      const { send, group: chat } = await openRobot(name)
      const hostile = { symbol: HOSTILE, name: HOSTILE }
      await send(jobs(1, hostile))
      await send(jobs(5, hostile))

      assert.isNotEmpty(chat.shown)
      assert.deepEqual(chat.abused, [])
      assert.notMatch(chat.shown.join(''), /\p{C}(?<!\n)/u)
    })

    test('fifty events in ten seconds are all told, and nothing is refused for speed', async ({
      assert,
    }) => {
      const { tell, clock, target, group: chat } = await openRobot(name)
      const bucket = new TokenBucket(target.rate!)
      const waiting: DueJob[] = []
      let told = 0
      for (const [at, job] of jobs(50).entries()) {
        waiting.push(job)
        if (bucket.waitMs(clock.elapsed()) === 0) {
          bucket.take()
          const batch = waiting.splice(0)
          if (await tell(batch)) told += batch.length
        }
        // The last ones wait until the pace allows them.
        const isLast = at === 49
        clock.pass(isLast ? bucket.waitMs(clock.elapsed()) : TEN_SECONDS / 50)
      }
      if (waiting.length > 0 && (await tell(waiting))) told += waiting.length

      assert.equal(told, 50)
      assert.deepEqual(chat.refusals, [])
    })

    test('what is refused for speed waits as it was told to', async ({ assert }) => {
      const { send } = await openRobot(name)
      let verdict = await send(jobs(1))
      for (let sent = 0; sent < 200 && verdict.kind === 'accepted'; sent++) {
        verdict = await send(jobs(1))
      }
      assert.containsSubset(verdict, { kind: 'failed', isOverload: true })
      assert.isAbove((verdict as Refusal).retryAfterMs ?? 0, 0)
    })

    test('a robot that is gone gets nothing more, and the platform is quoted', async ({
      assert,
    }) => {
      const { send, group: chat } = await openRobot(name)
      chat.isGone = true
      const verdict = await send(jobs(1))

      assert.containsSubset(verdict, { kind: 'gone', cause: { reason: 'refused' } })
      assert.match('cause' in verdict ? verdict.cause.detail! : '', /: .+/)
    })

    test('an answer that is not the platform’s is no success', async ({ assert }) => {
      const { judge } = await openRobot(name)
      for (const head of ['<html>login</html>', '{}', 'null', '']) {
        assert.equal(judge({ status: 200, head }).kind, 'failed')
      }
      assert.equal(judge({ status: 500, head: '' }).kind, 'failed')
    })
  })
}

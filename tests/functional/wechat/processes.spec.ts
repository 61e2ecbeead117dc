import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { MANY_WAITING } from '#wechat/sending/limits'
import { emptyDatabase } from '#tests/support/database'
import { jobs, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startILink } from '#tests/support/ilink'
import { givePro } from '#tests/support/plans'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'
import { bindPerson } from '#tests/support/wechat_process'

const MINUTE = 60_000

type Bound = Awaited<ReturnType<typeof bindPerson>>

test.group('Two processes of node ace send:wechat, one of which is killed', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('never poll for one bot at once, answer once what is written again, and send no eleventh message', async ({
    assert,
    test: self,
  }) => {
    const server = await startILink()
    server.world.knobs.holdMs = 35_000
    const people: Bound[] = []
    for (let count = 0; count < 4; count++) people.push(await bindPerson(server))
    // From the empty position the server would hand out anew what a process has not stored.
    await db.from('wechat_bot_bindings').update({ cursor: 'known' })
    const env = { WECHAT_ENABLED: 'true', WECHAT_ILINK_URL: server.url }
    const start = () => new RunningProcess(self, [...ACE, 'send:wechat'], env)
    const [victim, heir] = [start(), start()]
    await until(async () => {
      const shares = [await polledBy(victim), await polledBy(heir)]
      return shares.every((ids) => ids.length === 2)
    })
    const [first, second] = await polledBy(victim)
    const ofId = (id: number | undefined) => people.find(({ binding }) => binding.id === id)!
    const [told, writer] = [ofId(first), ofId(second)]

    // The tenth message is under way, and its answer never comes.
    await leaveOneMessage(told)
    server.faults.add('sendmessage', 'silence')
    for (let count = 0; count < MANY_WAITING; count++) {
      await storeLaunch({ kind: 'graduated', event_time: systemClock.now() })
    }
    const sentToTold = () => server.world.attempts.filter(({ botId }) => botId === told.bot.id)
    await until(async () => sentToTold().length === 1)
    // What was written is handed out, and cannot be stored.
    const otherWriter = await db.transaction()
    await otherWriter.from('wechat_bot_bindings').update({ updated_at: 1 })
    writer.say('/status')
    await until(async () => writer.bot.queued === 0)
    victim.kill('SIGKILL')
    await victim.ended
    await otherWriter.rollback()
    await until(async () => {
      const ids = await polledBy(heir)
      return ids.length === people.length
    })
    writer.say('/status')
    await writer.isShown(1)
    await until(async () => {
      const lost = await jobs({ status: 'failed', reason: 'unknown_outcome' })
      return lost.length === MANY_WAITING
    })

    assert.lengthOf(await db.from('wechat_inbound_messages'), 1)
    assert.lengthOf(writer.shown(), 1)
    assert.lengthOf(sentToTold(), 1)
    assert.containsSubset(await db.from('wechat_messages').where('kind', 'digest'), [
      { result: 'unknown', events: MANY_WAITING },
    ])
    const [binding] = await db.from('wechat_bot_bindings').where('id', told.binding.id)
    assert.equal(binding.sends_since_inbound, 10)
    assert.isTrue(people.every(({ bot }) => bot.overlappingPolls === 0))
  })
})

test.group('A process of node ace send:wechat that is told to stop', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('waits for the answer to what it has sent, and ends its polls without a warning', async ({
    assert,
    test: self,
  }) => {
    const server = await startILink()
    server.world.knobs.holdMs = 35_000
    const [lin, wu] = [await bindPerson(server), await bindPerson(server, 'Wu')]
    const env = { WECHAT_ENABLED: 'true', WECHAT_ILINK_URL: server.url }
    const running = new RunningProcess(self, [...ACE, 'send:wechat'], env)
    await until(async () => [lin, wu].every(({ bot }) => bot.waiting.count === 1))

    server.faults.add('sendmessage', 'late')
    lin.say('/plans')
    await until(async () => server.world.attempts.length === 1)
    running.kill('SIGTERM')

    assert.equal(await running.ended, 0, running.output)
    assert.containsSubset(await db.from('wechat_messages'), [{ kind: 'reply', result: 'accepted' }])
    assert.notMatch(running.output, /warn|cannot be polled/)
  })
})

async function polledBy({ pid }: RunningProcess): Promise<number[]> {
  const rows: { id: number | string }[] = await db
    .from('wechat_bot_bindings')
    .whereLike('poll_owner', `%/${pid}/%`)
    .orderBy('id')
    .select('id')
  return rows.map(({ id }) => Number(id))
}

/** The user wrote an hour ago, and has been sent nine messages since: the last waits for many events. */
async function leaveOneMessage({ binding, bot }: Bound) {
  const at = systemClock.now() - 60 * MINUTE
  const lastAt = systemClock.now() - 20 * MINUTE
  Object.assign(bot.sending, { lastInboundAt: at, count: 9 })
  await givePro(binding.userId)
  await db.from('wechat_bot_bindings').where('id', binding.id).update({
    last_inbound_at: at,
    context_token: bot.newContextToken(),
    inbound_seq: 1,
    sends_since_inbound: 9,
    pushes_since_inbound: 5,
    last_push_at: lastAt,
  })
}

import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { wechatPushes } from '#health/wechat_pushes'
import { emptyDatabase } from '#tests/support/database'
import { playDay, type Day } from '#tests/support/wechat_day/play_day'

const { env } = process

/** A day of real volume is 500 bindings, 25000 and 50 launches, 240 turns, and takes six minutes of CPU (`--timeout`). */
const SIZE = {
  bindings: Number(env.WECHAT_DAY_BINDINGS ?? 12),
  created: Number(env.WECHAT_DAY_CREATED ?? 300),
  graduated: Number(env.WECHAT_DAY_GRADUATED ?? 40),
  turns: Number(env.WECHAT_DAY_TURNS ?? 24),
  seed: Number(env.WECHAT_DAY_SEED ?? 1),
}

const HOUR = 3_600_000

test.group('A day of WeChat, with all that goes wrong in it', (group) => {
  let day: Day
  group.setup(async () => {
    await emptyDatabase()
    day = await playDay(SIZE)
  })

  test('leaves no event of any user without one account of what became of it', async ({
    assert,
  }) => {
    const jobs = await storedJobs()
    const ofBinding = Map.groupBy(jobs, ({ bindingId }) => bindingId)
    for (const { bindingId, wish } of day.residents) {
      const own = ofBinding.get(bindingId)!
      const planned = own.map(({ factId }) => factId)
      assert.deepEqual(
        planned,
        own[0]!.isActive ? day.wanted[wish] : day.wanted[wish].slice(0, planned.length)
      )
    }
    const fates = new Set(jobs.map(({ fate }) => fate))
    assert.sameMembers(
      [...fates],
      ['accepted', 'in digest', 'held', 'summarised', 'expired', 'unknown', 'unconfirmed']
    )
    assert.isAbove(day.kills, 0)

    const told = await wechatPushes({ since: 0, until: Number.MAX_SAFE_INTEGER }, [])
    const all = Object.values(told.jobs).reduce((sum, count) => sum + count, 0)
    assert.equal(all, jobs.length)
  })

  test('says of a job what its message says', async ({ assert }) => {
    const wrong = await db
      .from('notification_jobs as job')
      .leftJoin('wechat_messages as message', 'message.id', 'job.message_id')
      .whereRaw(
        `(job.status = 'sent' and (coalesce(message.result, '') <> 'accepted' or sent_at is null))
         or (job.status <> 'sent' and job.status <> 'expired' and message.result = 'accepted')
         or (job.reason = 'unconfirmed' and message.result <> 'unconfirmed')
         or job.status = 'sending' or message.result in ('refused', 'unsent')`
      )
      .select('job.id', 'job.status', 'job.reason', 'message.result', 'message.kind')
    assert.deepEqual(wrong, [])
    assert.isNull(await db.from('wechat_messages').whereNull('result').first())
  })

  test('says of a message what the server did with it', async ({ assert }) => {
    const { attempts } = day.server.world
    const accepted = attempts.filter(({ outcome }) => outcome === 'accepted')
    const known = new Set(accepted.map(({ clientId }) => clientId))
    const messages: { client_id: string; result: string }[] = await db
      .from('wechat_messages')
      .select('client_id', 'result')
    const wrong = messages.filter(({ client_id: id, result }) => {
      return result !== 'unknown' && known.has(id) !== ['accepted', 'unconfirmed'].includes(result)
    })
    assert.deepEqual(wrong, [])
    assert.equal(known.size, accepted.length)
  })

  test('shows no event twice, but one that may not have arrived', async ({ assert }) => {
    const unknown: { client_id: string }[] = await db
      .from('wechat_messages')
      .where({ result: 'unknown', kind: 'single' })
      .select('client_id')
    const doubtful = new Set(unknown.map((row) => row.client_id))
    const { attempts } = day.server.world
    const shown = attempts.filter(({ outcome, clientId }) => {
      return outcome === 'accepted' && !doubtful.has(clientId)
    })
    const seen = new Set<string>()
    const twice = shown.flatMap(({ personId, text }) =>
      addressesIn(text).flatMap((address) => {
        const known = `${personId} ${address}`
        const isKnown = seen.has(known)
        seen.add(known)
        return isKnown ? [known] : []
      })
    )
    assert.isAbove(seen.size, 0)
    assert.deepEqual(twice, [])
  })

  test('tries once during a throttle', async ({ assert }) => {
    const refused: Record<string, any>[] = await db
      .from('wechat_messages')
      .where('result', 'refused')
      .whereNot('kind', 'reply')
      .orderBy('id')
      .select('binding_id', 'inbound_seq', 'created_at')
    const last = new Map<string, number>()
    for (const { binding_id: id, inbound_seq: window, created_at: at } of refused) {
      const before = last.get(`${id} ${window}`) ?? -Infinity
      assert.isAtLeast(Number(at) - before, HOUR)
      last.set(`${id} ${window}`, Number(at))
    }
    assert.isNotEmpty(refused)
  })

  test('lets 200 events wait for one user and no more', ({ assert }) => {
    assert.equal(day.mostWaiting, 200)
  })
})

type Fate =
  | 'accepted'
  | 'in digest'
  | 'held'
  | 'summarised'
  | 'expired'
  | 'failed'
  | 'unknown'
  | 'unconfirmed'

interface StoredJob {
  bindingId: number
  isActive: boolean
  factId: number
  fate: Fate
}

async function storedJobs(): Promise<StoredJob[]> {
  const rows: Record<string, any>[] = await db
    .from('notification_jobs as job')
    .join('wechat_bot_bindings as binding', 'binding.id', 'job.target_id')
    .leftJoin('wechat_messages as message', 'message.id', 'job.message_id')
    .orderBy(['job.target_id', 'job.fact_id'])
    .select('job.target_id', 'job.fact_id', 'job.status', 'job.reason', 'message.kind')
    .select('binding.status as binding')
  return rows.map((row) => ({
    bindingId: Number(row.target_id),
    isActive: row.binding === 'active',
    factId: Number(row.fact_id),
    fate: fateOf(row),
  }))
}

function fateOf({ status, reason, kind }: Record<string, any>): Fate {
  switch (status) {
    case 'sent':
      return kind === 'digest' ? 'in digest' : 'accepted'
    case 'pending':
    case 'held':
      return 'held'
    case 'expired':
      return reason === 'summarised' ? reason : 'expired'
    case 'failed':
      if (reason === 'unknown_outcome') return 'unknown'
      return reason === 'unconfirmed' ? reason : 'failed'
    default:
      throw new Error(`no account of a job that is ${status}`)
  }
}

/** A contract stands in its own line, with its checksum, and in links, with it or without. */
function addressesIn(text: string): string[] {
  const addresses = text.match(/0x[0-9a-f]{40}/gi) ?? []
  return [...new Set(addresses.map((address) => address.toLowerCase()))]
}

import db from '@adonisjs/lucid/services/db'
import { Random } from '#demo/market/random'
import type { Fault } from '#demo/wechat/faults'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import type { PlayBot } from '#demo/wechat/play_bot'
import type { Person } from '#demo/wechat/world'
import { storeLaunch } from '#tests/support/facts'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { givePro } from '#tests/support/plans'
import { YieldingClock } from '#tests/support/settable_clock'
import type { Death } from '#tests/support/wechat_day/mortal_client'
import { PlayProcess } from '#tests/support/wechat_day/play_process'
import { storeBinding } from '#tests/support/wechat_bindings'
import { wantCreated } from '#tests/support/wechat_sending'

const [S, M, H] = [1000, 60_000, 3_600_000]
const DAY = 24 * H

export interface DaySize {
  bindings: number
  created: number
  graduated: number
  /** How often both processes have their turn. */
  turns: number
  seed: number
}

/** Which creations a user wants by themselves. */
type Wish = 'none' | 'named' | 'all'

export interface Resident {
  bindingId: number
  person: Person
  bot: PlayBot
  wish: Wish
  /** How long until the user writes again, in milliseconds; null: never of their own accord. */
  writesEveryMs: number | null
}

/** What happened, so far as a test has to know it. */
export interface Day {
  server: ILinkServer
  residents: Resident[]
  /** Launches that were stored: what each wish should have had planned. */
  wanted: Record<Wish, number>
  kills: number
  /** The most jobs that ever waited for one binding. */
  mostWaiting: number
}

const DEATHS: Death[] = [
  { call: 'sendText', at: 'before' },
  { call: 'sendText', at: 'after' },
  { call: 'getUpdates', at: 'before' },
  { call: 'getUpdates', at: 'after' },
]

const FAULTS: Fault[] = ['drop', 'drop_after', 'garbage', 429, 503]

/**
 * A day of two processes and many users, whose windows are shorter than is known, with throttles that
 * no rule explains, logins that lapse, messages that come twice, requests that fail and processes that
 * are killed.
 */
export async function playDay(size: DaySize): Promise<Day> {
  const random = new Random(size.seed)
  const clock = new YieldingClock()
  const server = await startILink({ clock, seed: size.seed })
  Object.assign(server.world.knobs, {
    ...{ holdMs: 0, windowMs: 15 * H, repeatsAfterMs: [M], repeatsWithNewId: true },
  })
  const client = ilinkClient(server, clock)
  const newProcess = () => new PlayProcess(client, clock)
  const processes = [newProcess(), newProcess()]
  const residents = await settle(server, size.bindings, clock)
  const byId = new Map(residents.map((resident) => [resident.bindingId, resident]))
  const hasMail = (bindingId: number) => {
    const { bot } = byId.get(bindingId)!
    return bot.queued > 0 || bot.isDead || bot.isLapsed
  }
  const day: Day = {
    ...{ server, residents, kills: 0, mostWaiting: 0 },
    wanted: { none: 0, named: 0, all: 0 },
  }
  const turn = async () => {
    for (const [index, one] of processes.entries()) {
      if (!(await one.turn(hasMail))) {
        day.kills++
        processes[index] = newProcess()
      }
    }
    day.mostWaiting = Math.max(day.mostWaiting, await mostWaiting())
  }

  for (const { person } of residents) server.world.say(person, { text: '/start' })
  // The second takes its share when the first has let go of it.
  for (let turns = 0; turns < 4; turns++) {
    await turn()
    clock.pass(20 * S)
  }

  const launches = schedule(size, clock.now(), random)
  const writing = residents.map((resident) => ({ resident, at: nextWord(resident, clock, random) }))
  for (let turns = 0; turns < size.turns; turns++) {
    clock.pass(Math.round((DAY / size.turns) * random.between(0.2, 1.8)))
    while (launches.length > 0 && launches[0]!.at <= clock.now()) {
      await launch(launches.shift()!, day.wanted, clock)
    }
    for (const word of writing.filter(({ at }) => at <= clock.now())) {
      const text = random.pick(['/status', '谢谢', '/list', '/mute 1h', '/unmute'])
      server.world.say(word.resident.person, { text })
      word.at = nextWord(word.resident, clock, random)
    }
    disturb(day, size.turns, random, clock)
    if (random.chance(0.1)) random.pick(processes).client.dieAt(random.pick(DEATHS))
    await turn()
  }

  // What was under way when a process died is settled when its leases have run out.
  for (let turns = 0; turns < 4; turns++) {
    server.world.knobs.accepted = 'id'
    clock.pass(5 * M)
    await turn()
  }
  // Lets what a killed process was waiting for come to its end.
  clock.pass(M)
  return day
}

async function settle(server: ILinkServer, count: number, clock: YieldingClock) {
  const residents: Resident[] = []
  for (let index = 0; index < count; index++) {
    const person = server.world.addPerson(`Person ${index}`)
    const bot = server.world.bind(person)
    const { id, userId } = await storeBinding({
      ...{ userWxId: person.id, botId: bot.id, accountId: bot.id, botToken: bot.token },
      ...{ baseUrl: server.url, boundAt: clock.now() },
    })
    for (let days = 0; days < 2; days++) {
      await givePro(userId, clock, index % 3 === 0 ? 'yearly' : 'monthly')
    }
    const wish: Wish = index % 5 > 0 ? 'none' : index % 10 > 0 ? 'named' : 'all'
    if (wish !== 'none') await wantCreated(userId, wish === 'all' ? '1 == 1' : 'name:pepe')
    const writesEveryMs = [null, 2 * H, 5 * H, 9 * H][index % 4]!
    residents.push({ bindingId: id, person, bot, wish, writesEveryMs })
  }
  return residents
}

function nextWord({ writesEveryMs }: Resident, clock: YieldingClock, random: Random): number {
  return writesEveryMs === null ? Infinity : clock.now() + writesEveryMs * random.between(0.5, 1.5)
}

interface Scheduled {
  kind: 'created' | 'graduated'
  at: number
}

function schedule({ created, graduated }: DaySize, from: number, random: Random): Scheduled[] {
  const some = (kind: Scheduled['kind'], count: number) =>
    Array.from({ length: count }, () => ({ kind, at: Math.round(from + DAY * random.next()) }))
  return [...some('created', created), ...some('graduated', graduated)].sort((a, b) => a.at - b.at)
}

/** One creation of twenty has the name that some wait for. */
async function launch({ kind }: Scheduled, wanted: Day['wanted'], clock: YieldingClock) {
  const serial = wanted.all
  const isNamed = kind === 'created' && serial % 20 === 0
  const [name, symbol] = [isNamed ? `Pepe ${serial}` : `Coin ${serial}`, `C${serial}`]
  await storeLaunch({ kind, name, symbol, event_time: clock.now(), created_at: clock.now() })
  wanted.all++
  if (isNamed || kind === 'graduated') wanted.named++
  if (kind === 'graduated') wanted.none++
}

/** What goes wrong by itself: in a day one throttle for each user, and a login in twenty lapses. */
function disturb({ server, residents }: Day, turns: number, random: Random, clock: YieldingClock) {
  const { knobs } = server.world
  for (const { bot } of residents) {
    if (random.chance(1 / turns)) bot.sending.throttledUntil = clock.now() + knobs.throttleMs
    if (random.chance(0.03 / turns)) bot.isLapsed = true
    if (random.chance(0.02 / turns)) bot.die(0)
  }
  if (random.chance(0.5)) server.faults.add('sendmessage', random.pick(FAULTS))
  if (random.chance(0.1)) server.faults.add('getupdates', random.pick(FAULTS))
  knobs.accepted = random.chance(0.1) ? 'empty_object' : 'id'
}

async function mostWaiting(): Promise<number> {
  const row = await db
    .from('notification_jobs')
    .whereIn('status', ['pending', 'held', 'sending'])
    .groupBy('target_id')
    .count('* as jobs')
    .orderBy('jobs', 'desc')
    .first()
  return Number(row?.jobs ?? 0)
}

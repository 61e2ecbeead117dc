import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'
import { UNSENT } from '#models/notification_job'
import { IN_HAND, inJobClass } from '#delivery/queue/job'
import { LEASE_MS } from '#wechat/polling/polling_lease'
import { Random } from '#demo/market/random'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import { storeLaunch } from '#tests/support/facts'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { YieldingClock } from '#tests/support/settable_clock'
import { Incidents } from '#tests/support/wechat_day/incidents'
import { PlayProcess } from '#tests/support/wechat_day/play_process'
import { settle, write, type Resident, type Wish } from '#tests/support/wechat_day/residents'

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

/** What happened, so far as a test has to know it. */
export interface Day {
  server: ILinkServer
  residents: Resident[]
  /** The launches that each wish should have had planned, by their ids. */
  wanted: Record<Wish, number[]>
  kills: number
  /** The most jobs that ever waited for one binding. */
  mostWaiting: number
}

/**
 * A day of two processes and many users, and the night after it without a launch. Windows are shorter
 * than is known, messages come twice, and there are all kinds of incidents.
 */
export async function playDay(size: DaySize): Promise<Day> {
  const random = new Random(size.seed)
  const clock = new YieldingClock()
  const server = await startILink({ clock, seed: size.seed })
  Object.assign(server.world.knobs, {
    holdMs: 0,
    windowMs: 15 * H,
    repeatsAfterMs: [M],
    repeatsWithNewId: true,
  })
  const client = ilinkClient(server, clock)
  const processes = [new PlayProcess(client, clock), new PlayProcess(client, clock)]
  const residents = await settle(server, size.bindings, clock)
  const bots = new Map(residents.map(({ bindingId, bot }) => [bindingId, bot]))
  const hasMail = (bindingId: number) => {
    const bot = bots.get(bindingId)!
    return bot.queued > 0 || bot.isDead || bot.isLapsed
  }
  const day: Day = {
    server,
    residents,
    kills: 0,
    mostWaiting: 0,
    wanted: { none: [], named: [], all: [] },
  }
  const pass = async (ms: number) => {
    clock.pass(ms)
    await giveSignsOfLife(processes, clock.now())
    while (launches.length > 0 && launches[0]!.at <= clock.now()) {
      await launch(launches.shift()!, day.wanted)
    }
    for (const resident of residents) {
      if (resident.writesAt <= clock.now()) write(resident, server, random, clock.now())
    }
  }
  const turn = async () => {
    for (const [index, one] of processes.entries()) {
      if (!(await one.turn(hasMail))) {
        day.kills++
        processes[index] = new PlayProcess(client, clock)
      }
    }
    day.mostWaiting = Math.max(day.mostWaiting, await mostWaiting())
  }

  for (const { person } of residents) server.world.say(person, { text: '/start' })
  const launches = schedule(size, clock.now(), random)
  // The second takes its share when the first has let go of it.
  for (let turns = 0; turns < 4; turns++) {
    await turn()
    await pass(20 * S)
  }
  const incidents = new Incidents({ server, residents, random }, size.turns)
  for (let turns = 0; turns < size.turns; turns++) {
    await pass(Math.round((DAY / size.turns) * random.between(0.2, 1.8)))
    const clients = processes.map((one) => one.client)
    incidents.before(turns, clients, clock.now())
    await turn()
  }
  incidents.end()
  for (let turns = 0; turns < 5; turns++) {
    await pass(4 * H)
    await turn()
  }
  // What was under way when a process died is settled when its leases have run out.
  for (let turns = 0; turns < 4; turns++) {
    clock.pass(5 * M)
    await turn()
  }
  // Lets what a killed process was waiting for come to its end.
  clock.pass(M)
  return day
}

/** What each process does every ten seconds, of which the last time counts. */
async function giveSignsOfLife(processes: readonly PlayProcess[], now: number) {
  const owners = processes.map(({ owner }) => owner)
  await db
    .from('wechat_pollers')
    .whereIn('owner', owners)
    .update({ lease_until: now + LEASE_MS })
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
async function launch({ kind, at }: Scheduled, wanted: Day['wanted']) {
  const serial = wanted.all.length
  const isNamed = kind === 'created' && serial % 20 === 0
  const [name, symbol] = [isNamed ? `Pepe ${serial}` : `Coin ${serial}`, `C${serial}`]
  const id = await storeLaunch({ kind, name, symbol, event_time: at, created_at: at })
  wanted.all.push(id)
  if (isNamed || kind === 'graduated') wanted.named.push(id)
  if (kind === 'graduated') wanted.none.push(id)
}

const WAITING = [inJobClass.first, inJobClass.retry, `${UNSENT} and status = 'held'`, IN_HAND]

async function mostWaiting(): Promise<number> {
  const parts = WAITING.map((states) => `select target_id from notification_jobs where ${states}`)
  const [row] = await rowsOf<{ jobs: number | string }>(
    db.connection(),
    `select count(*) as jobs from (${parts.join(' union all ')}) as waiting
     group by target_id order by jobs desc limit 1`,
    []
  )
  return Number(row?.jobs ?? 0)
}

/**
 * The play server of WeChat in a process of its own, with BENCH_BINDINGS people whose bots are bound.
 * Below /people it tells who they are, below /polled how many bots were polled, and below /talk it
 * has everybody write once, spread over BENCH_TALK_MS, and tells how long each waited for an answer.
 */
import type { ServerResponse } from 'node:http'
import { systemClock } from '#foundation/clock'
import { Random } from '#demo/market/random'
import { ILinkServer } from '#demo/wechat/ilink_server'
import type { Person } from '#demo/wechat/world'

/** An answer that takes longer is not waited for, and counts as so long, in milliseconds. */
const ANSWERED_WITHIN_MS = 60_000

const server = await ILinkServer.start({ clock: systemClock, random: new Random(1) })
const { world } = server
const people = Array.from({ length: Number(process.env.BENCH_BINDINGS) }, (_, index) => {
  const person = world.addPerson(`Person ${index}`)
  world.bind(person)
  return person
})

server.extraRoutes = ({ url }, response) => {
  if (url === '/people') tell(response, people.map(described))
  else if (url === '/polled') tell(response, people.filter(({ bot }) => bot!.polls > 0).length)
  else if (url === '/talk') void talk().then((waits) => tell(response, waits))
  else return false
  return true
}

function described({ id, bot }: Person) {
  return { userWxId: id, botId: bot!.id, botToken: bot!.token }
}

function tell(response: ServerResponse, what: unknown) {
  response.end(JSON.stringify(what))
}

/** Milliseconds, one for each person. */
async function talk(): Promise<number[]> {
  const wroteAt = new Map<string, number>()
  const waits = new Map<string, number>()
  world.onChange = () => {
    for (let last = world.attempts.length - 1; last >= 0; last--) {
      const { personId } = world.attempts[last]!
      if (waits.has(personId)) break
      const wrote = wroteAt.get(personId)
      if (wrote !== undefined) waits.set(personId, performance.now() - wrote)
    }
  }
  const between = Number(process.env.BENCH_TALK_MS) / people.length
  for (const person of people) {
    wroteAt.set(person.id, performance.now())
    world.say(person, { text: '/status' })
    await systemClock.sleep(between)
  }
  const deadline = performance.now() + ANSWERED_WITHIN_MS
  while (waits.size < people.length && performance.now() < deadline) await systemClock.sleep(50)
  return people.map(({ id }) => waits.get(id) ?? ANSWERED_WITHIN_MS)
}

process.send!({ url: server.url })

// Whatever becomes of the benchmark, nothing is left running.
process.once('disconnect', () => process.exit())

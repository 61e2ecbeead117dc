import type { Random } from '#demo/market/random'
import type { Fault } from '#demo/wechat/faults'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import type { Death, MortalClient } from '#tests/support/wechat_day/mortal_client'
import type { Resident } from '#tests/support/wechat_day/residents'

const DEATHS: readonly Death[] = [
  { call: 'sendText', at: 'before' },
  { call: 'sendText', at: 'after' },
  { call: 'getUpdates', at: 'before' },
  { call: 'getUpdates', at: 'after' },
]

const FAULTS: readonly Fault[] = ['drop', 'drop_after', 'garbage', 429, 503]

/** A process is killed once in so many turns, each time at another moment of its work. */
const TURNS_BETWEEN_KILLS = 4

/** For one turn in so many the server takes messages without giving them an id. */
const TURNS_BETWEEN_DOUBTS = 6

/** One login of so many ends in a day. */
const BOTS_PER_END = 20

interface Scene {
  server: ILinkServer
  residents: readonly Resident[]
  random: Random
}

/**
 * Decides what goes wrong by itself in a day: a throttle for each user that no rule explains, logins
 * that end or lapse, requests that fail, messages that get no id, and processes that are killed.
 */
export class Incidents {
  readonly #scene: Scene
  readonly #turns: number
  /** Turn by turn, whose login ends. */
  readonly #ends: Map<number, Resident[]>
  #kills = 0

  constructor(scene: Scene, turns: number) {
    const { random, residents } = scene
    const writing = residents.filter(({ writesEveryMs }) => writesEveryMs !== null)
    const ending = random.shuffle(writing).slice(0, Math.ceil(residents.length / BOTS_PER_END))
    this.#scene = scene
    this.#turns = turns
    this.#ends = Map.groupBy(ending, () => Math.floor(turns * random.between(0.3, 0.9)))
  }

  /** Prepares what goes wrong in a turn. */
  before(turn: number, clients: readonly MortalClient[], now: number) {
    const { server, residents, random } = this.#scene
    const { knobs } = server.world
    for (const { bot } of residents) {
      if (random.chance(1 / this.#turns)) bot.sending.throttledUntil = now + knobs.throttleMs
    }
    for (const { bot } of this.#ends.get(turn) ?? []) {
      if (random.chance(0.5)) bot.isLapsed = true
      else bot.die(0)
    }
    if (random.chance(0.5)) server.faults.add('sendmessage', random.pick(FAULTS))
    if (random.chance(0.1)) server.faults.add('getupdates', random.pick(FAULTS))
    knobs.accepted = turn % TURNS_BETWEEN_DOUBTS === 3 ? 'empty_object' : 'id'
    if (turn % TURNS_BETWEEN_KILLS === 0) {
      random.pick(clients).dieAt(DEATHS[this.#kills++ % DEATHS.length]!)
    }
  }

  /** From now on all goes well. */
  end() {
    this.#scene.server.world.knobs.accepted = 'id'
  }
}

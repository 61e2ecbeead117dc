import db from '@adonisjs/lucid/services/db'
import { because } from '#models/reasons'
import { writeTransaction } from '#foundation/db/transaction'
import { raiseAlert } from '#delivery/alerts'
import { ALWAYS_OPEN, inOneRequest } from '#delivery/channel'
import type { Channel, Gate, Target, Verdict } from '#delivery/channel'
import type { Subscriber } from '#delivery/subscriber'
import type { DueJob } from '#delivery/queue/job'
import type { ChannelUnderTest } from '#tests/support/channel_conformance'

interface Box {
  id: number
  ownerId: number | null
  isOpen: boolean
  /** Whether this process serves it. */
  isOurs: boolean
  failingSince: number | null
  /** Null: it is always open, and takes one event at a time. */
  gate: Gate | null
  target: Target | null
}

type Answers =
  | Parameters<ChannelUnderTest['answer']>[0]
  | 'holds'
  | 'is silent'
  | 'takes without a word'

const TABLE = 'post_boxes'

/**
 * A tiny channel that delivers to lists in memory: nothing of it is known outside of tests. The
 * boxes of users stand in a table as well, which it makes for itself and drops when it is closed.
 */
export class PostBoxChannel implements Channel, ChannelUnderTest {
  readonly name = 'post_box'
  readonly deliveredColumn = null
  mostWaiting: number | null = null
  readonly readGates = async () => {}
  readonly targetTable = { name: TABLE, owner: 'user_id', inService: `state = 'open'` }
  readonly #boxes = new Map<number, Box>()
  readonly #received: string[] = []
  #answer: Answers = 'accepts'

  static async open() {
    await db.connection().schema.dropTableIfExists(TABLE)
    await db.connection().schema.createTable(TABLE, (table) => {
      table.bigInteger('id').primary()
      table.bigInteger('user_id').notNullable()
      table.text('state').notNullable()
    })
    return new PostBoxChannel()
  }

  private constructor() {}

  get channel(): Channel {
    return this
  }

  add(ownerId: number | null = null): Promise<number> {
    return this.addBox({ ownerId })
  }

  /** @param id of the box, which may be that of a target of another channel */
  async addBox({
    id = this.#boxes.size + 1,
    isOurs = true,
    ownerId = null,
    gate = null,
  }: Partial<Box>) {
    const box = { id, ownerId, isOpen: true, isOurs, failingSince: null, gate, target: null }
    this.#boxes.set(id, box)
    if (ownerId !== null) {
      await db.table(TABLE).insert({ id, user_id: ownerId, state: 'open' })
    }
    return id
  }

  /** Closes or opens the gate of a box that has one. */
  setGate(id: number, gate: Gate) {
    Object.assign(this.#boxes.get(id)!.gate!, gate)
  }

  answer(how: Answers) {
    this.#answer = how
  }

  received(): string[] {
    return this.#received
  }

  async subscribers(): Promise<Subscriber[]> {
    return this.#open().map(({ id, ownerId }) => ({
      id,
      channel: this.name,
      ownerId,
      wants: ['*'],
      since: 0,
      expiry: null,
      filter: null,
      picks: null,
    }))
  }

  async targets(): Promise<Target[]> {
    const ours = this.#open().filter(({ isOurs }) => isOurs)
    return ours.map((box) => (box.target ??= this.#targetOf(box)))
  }

  async outOfService(ids: readonly number[]): Promise<number[]> {
    return ids.filter((id) => !this.#boxes.get(id)?.isOpen)
  }

  async warn() {}

  async disable(id: number) {
    const box = this.#boxes.get(id)!
    if (!box.isOpen) {
      return
    }
    box.isOpen = false
    await db.from(TABLE).where('id', id).update({ state: 'closed' })
    const target = { channel: this.name, id, ownerId: box.ownerId }
    const alert = { kind: 'endpoint.disabled', target, label: `box ${id}`, since: 1 } as const
    await writeTransaction((trx) => raiseAlert(trx, { ...alert, message: 'It is closed' }, 1))
  }

  async setFailingSince(id: number, since: number | null) {
    const box = this.#boxes.get(id)!
    box.failingSince = since
    box.target = null
  }

  interrupt() {}

  async close() {
    await db.connection().schema.dropTable(TABLE)
  }

  #open(): Box[] {
    return [...this.#boxes.values()].filter(({ isOpen }) => isOpen)
  }

  #targetOf({ id, failingSince, gate }: Box): Target {
    return {
      id,
      failingSince,
      label: `box ${id}`,
      concurrency: 1,
      batchSize: gate ? 3 : 1,
      rate: null,
      ordering: gate ? 'together' : 'any',
      timeoutMs: 1000,
      retry: { waits: [10], maxRetries: 1000 },
      gate: gate ?? ALWAYS_OPEN,
      prepare: (jobs) => inOneRequest(jobs, async () => this.#deliver(jobs)),
    }
  }

  #deliver(jobs: readonly DueJob[]): Verdict {
    const taken = { status: 200, head: '' }
    if (this.#answer === 'accepts') {
      this.#received.push(...jobs.map(({ eventId }) => eventId))
      return { kind: 'accepted', answer: taken }
    }
    if (this.#answer === 'holds') {
      return { kind: 'held', reason: 'throttled', until: null }
    }
    const answer = null
    if (this.#answer === 'is silent') {
      const cause = because('unknown_outcome')
      return { kind: 'unknown', cause, answer, mayRepeat: jobs.length === 1 }
    }
    if (this.#answer === 'takes without a word') {
      return { kind: 'unconfirmed', cause: because('unconfirmed'), answer: taken }
    }
    return this.#answer === 'is gone'
      ? { kind: 'gone', cause: { reason: 'gone', detail: null }, answer: { status: 410, head: '' } }
      : {
          kind: 'failed',
          cause: { reason: 'internal', detail: 'full' },
          answer,
          retryAfterMs: null,
          isOverload: false,
        }
  }
}

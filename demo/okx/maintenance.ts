import type { Row } from '#demo/okx/rows/order_rows'
import type { VenueConnection } from '#demo/okx/venue_connection'

interface Planned {
  /** Epoch milliseconds. */
  begin: number
  end: number
  title: string
  state: 'scheduled' | 'ongoing' | 'completed'
}

/** Times in which the venue is down on purpose, and says so before, meanwhile and afterwards. */
export class Maintenance {
  readonly #now: () => number
  readonly #sessions: ReadonlySet<VenueConnection>
  readonly #planned: Planned[] = []

  /** @param now epoch milliseconds */
  constructor(now: () => number, sessions: ReadonlySet<VenueConnection>) {
    this.#now = now
    this.#sessions = sessions
  }

  /** @param begin epoch milliseconds, as is `end` */
  plan(begin: number, end: number, title = 'Trading system upgrade') {
    const planned: Planned = { begin, end, title, state: 'scheduled' }
    this.#planned.push(planned)
    this.#tell(planned)
  }

  get isOn(): boolean {
    return this.#planned.some(({ state }) => state === 'ongoing')
  }

  get rows(): Row[] {
    return this.#planned.map(rowOf)
  }

  /** Begins and ends what is due. Connections are cut when it begins. */
  tick() {
    const now = this.#now()
    for (const planned of this.#planned) {
      const { begin, end, state } = planned
      const is = now >= end ? 'completed' : now >= begin ? 'ongoing' : 'scheduled'
      if (is === state) continue
      planned.state = is
      this.#tell(planned)
      if (is === 'ongoing') this.#cut()
    }
  }

  #cut() {
    for (const session of this.#sessions) {
      if (session.kind !== 'public') session.cut()
    }
  }

  #tell(planned: Planned) {
    const data = [{ ...rowOf(planned), ts: String(this.#now()) }]
    this.#sessions.forEach((session) => session.broadcast('status', { data }))
  }
}

/** A row of `system/status`, as recorded. */
function rowOf({ begin, end, title, state }: Planned): Row {
  return {
    begin: String(begin),
    end: String(end),
    env: '1',
    href: '',
    maintType: '1',
    preOpenBegin: '',
    scheDesc: '',
    serviceType: '5',
    state,
    system: 'unified',
    title,
  }
}

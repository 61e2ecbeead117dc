import type OkxAccount from '#models/okx_account'
import type { FollowParts } from '#collectors/okx/follow_parts'
import { heardOf, type FollowedAccount, type Heard } from '#collectors/okx/ingest/heard'
import { DETAIL_CHANNELS, readPush } from '#collectors/okx/ingest/read_push'
import type { OkxVenue } from '#collectors/okx/rest/okx_venue'
import { ReadSoon } from '#collectors/okx/read_soon'
import type { OkxPush } from '#sources/okx/message'

/** `account` and `positions` wait so long for the cause, which another channel tells, in milliseconds. */
const DETAILS_AFTER_MS = 3_000

/** Stores what the streams of an account say, in its order, and knows what of it is stored. */
export class HeardPushes {
  readonly account: FollowedAccount
  /** Is noted when something happened that makes a bill. */
  readonly billsSoon: ReadSoon
  /** Whether what the account has was never read before: that is no change. */
  isStart: boolean
  readonly #parts: FollowParts
  readonly #venue: OkxVenue
  readonly #signal: AbortSignal
  #reading: Promise<unknown> = Promise.resolve()
  #storing: Promise<unknown> = Promise.resolve()

  constructor(parts: FollowParts, account: OkxAccount, signal: AbortSignal) {
    const { id, ownerId, uid, environment } = account
    this.account = { id, ownerId, uid: uid!, environment }
    this.isStart = account.recoveredAt === null
    this.billsSoon = new ReadSoon(parts.venues.clock)
    this.#parts = parts
    this.#venue = parts.venues.at(account)
    this.#signal = signal
  }

  /** Begins to store what a push says. */
  take(push: OkxPush) {
    const { clock } = this.#venue
    if (push.uid !== null && push.uid !== this.account.uid) {
      this.takeUnknown('push of another account', push.uid, JSON.stringify(push.rows))
      return
    }
    const heard = readPush(push, this.account, clock.now())
    if (DETAIL_CHANNELS.includes(push.channel)) {
      void clock.sleep(DETAILS_AFTER_MS, this.#signal).then(() => {
        if (!this.#signal.aborted) this.#tell(heard)
      })
      return
    }
    this.#tell(heard)
    if (heard.fills.length > 0 || causes(heard).length > 0) {
      this.billsSoon.note()
    }
  }

  /** Counts something that is not understood. */
  takeUnknown(kind: string, value: string, raw: string) {
    const now = this.#venue.clock.now()
    this.#tell(heardOf(this.account, 'push', now, { unknowns: [{ kind, value, raw }] }))
  }

  /** Resolves when everything that was heard before is stored. @throws what kept it from that */
  async stored() {
    await this.#reading
    await this.#storing
  }

  /** Instruments are learned first, each once; what is told is stored in its order. */
  #tell(heard: Heard) {
    const { ingest } = this.#parts
    const isStart = this.isStart && causes(heard).length === 0
    const traded = [...heard.fills, ...heard.positions.map(({ said }) => said)]
    this.#reading = this.#reading
      .then(() => ingest.instruments.learn(this.#venue, traded))
      .then(() => {
        this.#storing = Promise.all([this.#storing, ingest.tell({ ...heard, isStart })])
        // What fails is thrown by `stored`.
        this.#storing.catch(() => {})
      })
    this.#reading.catch(() => {})
  }
}

function causes({ positions, balances }: Heard): string[] {
  return [...positions, ...balances].flatMap(({ cause }) => cause ?? [])
}

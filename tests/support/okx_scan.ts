import db from '@adonisjs/lucid/services/db'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { scanOkx } from '#collectors/okx/scan_okx'
import { LocalOkx } from '#demo/okx/local_okx'
import type { VenueAccount } from '#demo/okx/venue_account'
import type OkxAccount from '#models/okx_account'
import { quietLogger } from '#tests/support/logged_lines'
import { storeOkxAccount } from '#tests/support/okx'
import { SteppedClock } from '#tests/support/stepped_clock'

type Cleanup = (callback: () => Promise<void>) => void

/** A local OKX with one account that has money, and scan:okx on it; time passes as the test says. */
export async function startScan(cleanup: Cleanup, changes: Partial<OkxAccount> = {}) {
  const clock = new SteppedClock()
  const okx = new LocalOkx({ clock })
  const at = okx.venue.addAccount({ posMode: 'net_mode' })
  at.transfer('USDT', '10000')
  const { apiKey, secret, passphrase } = at.key
  const account = await storeOkxAccount({
    uid: null,
    apiKey,
    secretKey: secret,
    passphrase,
    ...changes,
  })
  const venues = new OkxVenues(clock, {}, okx.fetch)
  /** Those to the private endpoint that were opened. */
  const connections: WebSocket[] = []
  const connect = (url: string) => {
    const socket = okx.connect(url)
    if (url.endsWith('/private')) connections.push(socket)
    return { socket, destroy: () => socket.close() }
  }
  const scan = () => {
    const stop = new AbortController()
    const done = scanOkx({ venues, connect, logger: quietLogger, random: () => 0.5 }, stop.signal)
    return {
      async stop() {
        stop.abort()
        await done
      },
    }
  }
  let running = scan()
  cleanup(async () => {
    clock.release()
    await running.stop()
    await okx.close()
  })
  const of = stepsOf(clock, okx, account.id)
  /** Connections to an endpoint that the venue has open. */
  const sessions = (kind = 'private') => okx.venue.sessionsOf(at).filter((one) => one.kind === kind)
  return {
    okx,
    at,
    account,
    clock,
    venues,
    connections,
    sessions,
    ...of,
    /** Stops scan:okx. */
    stop: () => running.stop(),
    /** Starts it again. */
    start: () => void (running = scan()),
  }
}

function stepsOf(clock: SteppedClock, okx: LocalOkx, accountId: number) {
  /** Lets so many milliseconds pass, and what they bring happen. */
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.pass(Math.min(left, 500))
      okx.venue.tick()
      await workDone()
    }
  }
  /** Lets time pass until something is so; a test that waits for what never comes is ended by its timeout. */
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    while (!(await isSo())) await pass(500)
  }
  const connection = async () => {
    const row = await db.from('okx_accounts').where('id', accountId).first()
    return row.connection as string
  }
  return { pass, until, connection, live: () => until(async () => (await connection()) === 'live') }
}

/** Some turns of the event loop in which no connection of the database is in use: what was begun is stored. */
async function workDone() {
  const { pool } = db.connection().getWriteClient().client
  for (let idle = 0; idle < 20; idle++) {
    await new Promise(setImmediate)
    if (pool.numUsed() + pool.numPendingAcquires() > 0) idle = 0
  }
}

/** The account's orders at the venue. */
export function limitOrder(at: VenueAccount, changes: Record<string, string> = {}) {
  return at.place({
    instId: 'BTC-USDT-SWAP',
    tdMode: 'cross',
    side: 'buy',
    ordType: 'limit',
    sz: '1',
    px: '1000',
    ...changes,
  } as never)
}

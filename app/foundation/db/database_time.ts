import type { Client } from 'pg'
import { followClock, systemClock } from '#foundation/clock'

/** How often a session asks for the time, in milliseconds. */
const EVERY_MS = 15_000

/** An answer that took longer, in milliseconds, does not tell what the time is. */
const PROMPT_MS = 1000

/** A clock that differs by more, in milliseconds, is worth a line in the log. */
const DIFFERENT_MS = 5000

let toldMs = 0
let askedAt = -Infinity

/**
 * Lets this process go by the time of PostgreSQL: leases, due times and signatures then agree
 * between machines, and setting the clock of one of them does nothing. Asks with the first statement
 * of a session, and now and then while it is open.
 *
 * @param warn is told when the clock of this machine differs by more than five seconds
 */
export async function followDatabaseTime(client: Client, warn: (message: string) => void) {
  await ask(client, warn)
  const asking = setInterval(() => {
    if (systemClock.elapsed() - askedAt >= EVERY_MS) ask(client, warn).catch(() => {})
  }, EVERY_MS).unref()
  client.once('end', () => clearInterval(asking))
}

async function ask(client: Client, warn: (message: string) => void) {
  const begunAt = systemClock.elapsed()
  askedAt = begunAt
  const { rows } = await client.query<{ now: string }>(
    'select extract(epoch from clock_timestamp()) * 1000 as now'
  )
  const tookMs = systemClock.elapsed() - begunAt
  if (tookMs > PROMPT_MS) {
    return
  }
  const aheadMs = followClock(Number(rows[0]!.now), begunAt + tookMs / 2, tookMs / 2)
  if (Math.abs(aheadMs - toldMs) > DIFFERENT_MS) {
    toldMs = aheadMs
    const seconds = Math.round(Math.abs(aheadMs) / 1000)
    warn(
      seconds === 0
        ? 'the clock of this machine agrees with that of the database again'
        : `the clock of this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of the database, whose time is used: set it by a time server`
    )
  }
}

/**
 * How the venue behaves. The defaults are what its documentation and recorded messages say. Times
 * are in milliseconds.
 */
export interface Knobs {
  /** How much later history, fills and bills show what has happened. */
  historyLagMs: number
  /** How many connections may have one channel of one account, and how many may open in a second. */
  connectionsPerChannel: number
  connectsPerSecond: number
  /** Logins, subscriptions and their ends on one connection in an hour. */
  operationsPerHour: number
  /** A connection on which nothing was said for so long is closed. */
  idleMs: number
  /** `account` and `positions` are told again so often. */
  refreshMs: number
  /** Rows in each page of a first snapshot. */
  snapshotPage: number
  /** How far the time in a signature may be from the venue's, over REST and at a login. */
  signatureMs: number
  /** Whether a text `ping` is answered. */
  answersPing: boolean
  /** How likely a message is sent twice, and whether the second one says a later `uTime`. */
  repeats: number
  repeatsLater: boolean
  /** How likely a message is held back, and arrives after those that follow it. */
  overtakes: number
  /** How long a message that is held back, or repeated, takes. */
  lateMs: number
  /** Whether requests are counted against the limits of their endpoints. */
  countsRequests: boolean
}

export const DEFAULT_KNOBS: Knobs = {
  historyLagMs: 0,
  connectionsPerChannel: 30,
  connectsPerSecond: 3,
  operationsPerHour: 480,
  idleMs: 30_000,
  refreshMs: 5000,
  snapshotPage: 20,
  signatureMs: 30_000,
  answersPing: true,
  repeats: 0,
  repeatsLater: true,
  overtakes: 0,
  lateMs: 300,
  countsRequests: true,
}

/**
 * How the play server behaves. The defaults are what was seen of the real service; where reports
 * differ, the other behaviour is another value. docs/wechat.md says which report stands for what.
 * Times are in milliseconds.
 */
export interface Knobs {
  /** How long a poll for messages, and one for the state of a login, is held. */
  holdMs: number
  loginHoldMs: number
  /** A message of the person opens the window for so long, and so many messages of the bot fit in it. */
  windowMs: number
  limit: number
  /** Of messages within `withinMs`, this one trips the throttle, whatever they answer. */
  burst: { message: number; withinMs: number }
  /** The same for those that answer nothing: later than `answerMs` after the person wrote. */
  pushes: { message: number; withinMs: number; answerMs: number }
  /** How long a throttle lasts, and how much longer each attempt during it makes it. */
  throttleMs: number
  escalateMs: number
  /** Whether a throttle goes on when the person writes. */
  throttleOutlastsInbound: boolean
  /** What a refusal says. */
  words: { closed: string; quota: string; burst: string; pushes: string; tooLong: string }
  /** Longer texts are refused, in bytes of UTF-8; and cut where they are shown, in characters. */
  mostBytes: number
  cutAt: number | null
  /** What says that a message was accepted: its id as a number or as text, or none. */
  accepted: 'id' | 'text_id' | 'empty_object' | 'empty'
  /** Accepted messages are not shown. */
  swallows: boolean
  /** The bot's own messages come back in the next poll. */
  echoes: boolean
  /** A message of the person comes again so much later, with another context token. */
  repeatsAfterMs: readonly number[]
  /** The repeated one has an id of its own. */
  repeatsWithNewId: boolean
  /** Messages of people carry ids. */
  hasIds: boolean
  /** Answers without messages say `ret: 0`. */
  idleSaysRet: boolean
  /** A code to scan is good for so long. */
  codeLifeMs: number
  /** After a scan the phone shows digits that have to be entered on the page; so many may be wrong. */
  asksForDigits: boolean
  wrongDigits: number
  /** After a scan the login goes on elsewhere: at this server's second port, or at the host named. */
  redirectsTo: 'second_port' | (string & {}) | null
  /** The base URL of a confirmed bot, where that is not this server's own. */
  baseUrl: string | null
  /** A scan is not noticed: the phone says "expired" and the server "wait" until the end. */
  scanIsLost: boolean
  /** A person's earlier bot answers -14 so long after a new one. */
  supersedeMs: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export const DEFAULT_KNOBS: Knobs = {
  holdMs: 35_000,
  loginHoldMs: 35_000,
  windowMs: 24 * HOUR,
  limit: 10,
  burst: { message: 3, withinMs: 1000 },
  pushes: { message: 5, withinMs: 10 * MINUTE, answerMs: MINUTE },
  throttleMs: 30 * MINUTE,
  escalateMs: 10 * MINUTE,
  throttleOutlastsInbound: false,
  words: {
    closed: 'prepare failed',
    quota: '',
    burst: 'prepare failed',
    pushes: 'rate limited',
    tooLong: 'unknown error',
  },
  mostBytes: 16_384,
  cutAt: null,
  accepted: 'id',
  swallows: false,
  echoes: false,
  repeatsAfterMs: [],
  repeatsWithNewId: false,
  hasIds: true,
  idleSaysRet: true,
  codeLifeMs: 2 * MINUTE,
  asksForDigits: false,
  wrongDigits: 3,
  redirectsTo: null,
  baseUrl: null,
  scanIsLost: false,
  supersedeMs: 29_000,
}

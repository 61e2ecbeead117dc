/**
 * The limits of WeChat for messages of a bot, none of which is documented: what people who run such
 * bots report of them, on the careful side. Times are milliseconds.
 */

const [S, M, H] = [1000, 60_000, 3_600_000]

/** Messages that a user's message allows, answers to commands included. The eleventh is refused. */
export const MESSAGES_PER_INBOUND = 10

/** A limit below this was a throttle, not a limit. */
export const LEAST_LIMIT = 3

/** How long after a user's message more may be sent. Refusals were seen from 15 hours on. */
export const WINDOW_MS = 24 * H

/** Nothing is sent so shortly before the window ends: clocks differ, and a request takes time. */
export const WINDOW_MARGIN_MS = M

/** A refusal in a window older than this tells of the window, a sooner one of the number. */
export const OLD_WINDOW_MS = 8 * H

/** How long is remembered what refusals have taught. */
export const REMEMBERED_MS = 7 * 24 * H

/** Between any message and a push: three within a second throttle the bot. */
export const SPACING_MS = 3 * S

/** Pushes after a user's message that need no other distance. A fifth within minutes is refused. */
export const QUICK_PUSHES = 4

/** The distances of all pushes after those. */
export const DISTANCES_MS = [30 * M, H, 2 * H, 4 * H]

/** The least distance of those where time presses. */
export const LEAST_DISTANCE_MS = 10 * M

/** The last message of a window, or of its messages, does not wait when so many events do. */
export const MANY_WAITING = 20

/** What waits when the window is about to end goes this long before. */
export const LAST_MOMENT_MS = 5 * M

/** The pause after a refusal: each attempt within it prolongs it. Doubled with each further one. */
export const THROTTLE = { firstMs: H, longestMs: 8 * H }

/** When to ask for a word of the user, and which share of a window that ends sooner. */
export const KEEP_ALIVE_MS = 10 * H
export const KEEP_ALIVE_SHARE = 0.7

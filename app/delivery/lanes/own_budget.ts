import { freeFiles } from '#foundation/open_files'
import type { BudgetLimits } from '#delivery/lanes/budget'

/** Requests under way at once, where more files could be opened: one lane may have 1000 of them. */
const MOST_REQUESTS = 3000

/** Of what may be opened, requests take half: kept connections and second addresses take some, too. */
const SHARE_OF_FILES = 0.5

/** Bodies under way at once, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024

/** What the lanes of this process may use: it stays below the limit of open files. */
export function ownBudget(): BudgetLimits {
  const requests = Math.min(MOST_REQUESTS, Math.floor(freeFiles() * SHARE_OF_FILES))
  return { requests, bytes: MOST_BYTES }
}

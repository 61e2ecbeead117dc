/** How long a process may take to finish what is under way before it is ended, in milliseconds. */
let deadlineMs = 15_000

export function stopDeadlineMs(): number {
  return deadlineMs
}

/**
 * Gives this process longer than others to stop.
 *
 * @param ms from the signal to the end, in milliseconds
 */
export function allowToStopWithin(ms: number) {
  deadlineMs = ms
}

import { setImmediate } from 'node:timers/promises'

/**
 * Between two parts of a long work: SQLite answers at once, so that without it every other request
 * would wait for the whole of it.
 */
export function letOthersIn(): Promise<void> {
  return setImmediate()
}

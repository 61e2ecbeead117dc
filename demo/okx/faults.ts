/**
 * What happens to one REST request instead of a good answer:
 *
 * - a number: answered with this HTTP status and a page, and not carried out
 * - `drop`     the connection is cut
 * - `silence`  it is never answered
 * - `garbage`  carried out, answered with half of the JSON
 * - an object  answered with it
 */
export type RestFault = number | 'drop' | 'silence' | 'garbage' | { code: string; msg: string }

/** The faults to come, each for one request. */
export class RestFaults {
  readonly #next = new Map<string, RestFault[]>()

  /** @param path without the query, as `/api/v5/trade/fills` */
  add(path: string, ...faults: RestFault[]) {
    this.#next.set(path, [...(this.#next.get(path) ?? []), ...faults])
  }

  take(path: string): RestFault | undefined {
    return this.#next.get(path)?.shift()
  }
}

import type { ServerResponse } from 'node:http'

/** The requests that can fail, by the last part of their path. */
export type Endpoint =
  | 'get_bot_qrcode'
  | 'get_qrcode_status'
  | 'getupdates'
  | 'sendmessage'
  | 'getconfig'
  | 'sendtyping'
  | 'notifystart'
  | 'notifystop'

/**
 * What happens to one request instead of a good answer:
 *
 * - a number: answered with this HTTP status, and not carried out
 * - `drop`        the connection is cut, and nothing is carried out
 * - `drop_after`  carried out, then the connection is cut
 * - `silence`     carried out, and never answered
 * - `late`        carried out, and answered half a second later
 * - `drip`        carried out; the answer begins and never ends
 * - `garbage`     carried out, answered with something that is not JSON
 * - an object     answered with it, and not carried out
 */
export type Fault =
  | number
  | 'drop'
  | 'drop_after'
  | 'silence'
  | 'late'
  | 'drip'
  | 'garbage'
  | Record<string, unknown>

/** The faults to come, each for one request. */
export class Faults {
  readonly #next = new Map<Endpoint, Fault[]>()

  add(endpoint: Endpoint, ...faults: Fault[]) {
    this.#next.set(endpoint, [...(this.#next.get(endpoint) ?? []), ...faults])
  }

  take(endpoint: Endpoint): Fault | undefined {
    return this.#next.get(endpoint)?.shift()
  }
}

/** How late `late` is, in milliseconds. */
export const LATE_MS = 500

/** Whether the request is carried out before its answer goes wrong. */
export function isCarriedOut(fault: Fault): boolean {
  return typeof fault === 'string' && fault !== 'drop'
}

/** Answers as the fault says. */
export function fail(fault: Exclude<Fault, 'late'>, response: ServerResponse) {
  if (fault === 'silence') {
    return
  }
  if (fault === 'drip') {
    response.write('{')
  } else if (fault === 'drop' || fault === 'drop_after') {
    response.destroy()
  } else if (fault === 'garbage') {
    response.end('<html><body>504 Gateway Time-out</body></html>')
  } else if (typeof fault === 'number') {
    response.writeHead(fault).end()
  } else {
    response.end(JSON.stringify(fault))
  }
}

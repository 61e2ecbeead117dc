import type { Row } from '#demo/okx/rows/order_rows'

export interface Answer {
  status: number
  body: { code: string; msg: string; data?: Row[] }
}

/** A request that is refused, with the code, the words and the HTTP status of the venue. */
export class RestRefusal extends Error {
  constructor(
    readonly code: keyof typeof REFUSALS,
    subject = ''
  ) {
    super(REFUSALS[code]![1].replace('{0}', subject))
  }

  get answer(): Answer {
    // Bodies of refusals that come with another status than 200 have no data.
    const [status] = REFUSALS[this.code]!
    const body = { msg: this.message, code: this.code }
    return { status, body: status === 200 ? { ...body, data: [] } : body }
  }
}

const REFUSALS: Record<string, readonly [status: number, words: string]> = {
  50001: [503, 'Service temporarily unavailable. Try again later'],
  50011: [429, 'Too Many Requests'],
  50013: [429, 'Systems are busy. Please try again later.'],
  50014: [400, 'Parameter {0} cannot be empty.'],
  50101: [401, 'APIKey does not match current environment.'],
  50102: [401, 'Timestamp request expired'],
  50103: [401, 'Request header OK-ACCESS-KEY cannot be empty.'],
  50104: [401, 'Request header OK-ACCESS-PASSPHRASE cannot be empty.'],
  50105: [401, 'Request header OK-ACCESS-PASSPHRASE incorrect.'],
  50106: [401, 'Request header OK-ACCESS-SIGN cannot be empty.'],
  50107: [401, 'Request header OK-ACCESS-TIMESTAMP cannot be empty.'],
  50110: [401, "Your IP {0} is not included in your API key's {0} IP whitelist."],
  50111: [401, 'Invalid OK-ACCESS-KEY'],
  50112: [401, 'Invalid OK-ACCESS-TIMESTAMP'],
  50113: [401, 'Invalid Sign'],
  50119: [200, "API key doesn't exist"],
  50120: [200, "This API key doesn't have permission to use this function"],
  51000: [200, 'Parameter {0} error'],
  51001: [200, "Instrument ID, Instrument ID code, or Spread ID doesn't exist."],
  51003: [200, 'Either client order ID or order ID is required'],
  51603: [200, 'Order does not exist'],
}

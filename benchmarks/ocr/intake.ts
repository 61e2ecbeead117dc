interface Journey {
  sent: number
  accepted: Promise<number>
  arrived: Promise<number>
  arrive: (time: number) => void
}

/** Sends records and times each of them, all by the clock of this one process. */
export class Intake {
  readonly #name: string
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly #journeys = new Map<string, Journey>()

  /** @param name what the ids of its records begin with */
  constructor(name: string, url: string, token: string) {
    this.#name = name
    this.#url = url
    this.#headers = { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' }
  }

  send() {
    const message = `${this.#name}${this.#journeys.size}`
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<number>()
    const sent = performance.now()
    this.#journeys.set(message, { sent, accepted: this.#post(message), arrived, arrive })
  }

  arrived(message: string) {
    this.#journeys.get(message)?.arrive(performance.now())
  }

  /** Milliseconds to the receiver for each record behind the first `skipped`, shortest first. */
  async delays(skipped: number) {
    const journeys = [...this.#journeys.values()].slice(skipped)
    const times = await Promise.all(
      journeys.map(async ({ sent, accepted, arrived }) => {
        const at = await arrived
        return { fromSent: at - sent, fromAccepted: Math.max(0, at - (await accepted)) }
      })
    )
    const sorted = (key: 'fromSent' | 'fromAccepted') =>
      times.map((time) => time[key]).toSorted((a, b) => a - b)
    return { fromSent: sorted('fromSent'), fromAccepted: sorted('fromAccepted') }
  }

  /** @returns when the answer came */
  async #post(message: string): Promise<number> {
    const wallet = {
      msg_id: message,
      group_id: 'group123@chatroom',
      wallet_code: 'ABC123DEF456',
      serial_no: 'SN789012345',
      wx_id: 'user123',
      wx_nick_name: '张三',
      pic_url: 'https://minio.example.com/images/wallet_123.jpg',
    }
    const options = { method: 'POST', headers: this.#headers, body: JSON.stringify(wallet) }
    const response = await fetch(this.#url, options)
    const at = performance.now()
    if (response.status !== 202) {
      throw new Error(`The API answered ${response.status}: ${await response.text()}`)
    }
    return at
  }
}

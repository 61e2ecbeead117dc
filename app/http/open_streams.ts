/** How many event streams one web process keeps open. */
export interface StreamLimits {
  total: number
  perAccount: number
  /** Tabs of a browser share one; behind one address there may be an office. */
  perAddress: number
}

/**
 * The event streams that are open in this process, counted by who reads them: each costs memory, and
 * work at every event, for as long as it is open.
 */
export class OpenStreams {
  readonly #byReader = new Map<string, number>()
  #total = 0

  constructor(private readonly limits: StreamLimits) {}

  get total(): number {
    return this.#total
  }

  /**
   * Counts one more.
   *
   * @param account the reader's account; null for a visitor without one
   * @param address the visitor's address; null where it is that of a proxy of this machine
   * @returns what ends it; null when there is no room for it
   */
  open(account: number | null, address: string | null): (() => void) | null {
    const { total, perAccount, perAddress } = this.limits
    const reader = account === null ? address && `address ${address}` : `account ${account}`
    const most = account === null ? perAddress : perAccount
    const open = reader === null ? 0 : (this.#byReader.get(reader) ?? 0)
    if (this.#total >= total || (reader !== null && open >= most)) return null

    this.#add(reader, 1)
    let isOpen = true
    return () => {
      if (isOpen) this.#add(reader, -1)
      isOpen = false
    }
  }

  #add(reader: string | null, count: 1 | -1) {
    this.#total += count
    if (reader === null) return
    const open = (this.#byReader.get(reader) ?? 0) + count
    if (open > 0) this.#byReader.set(reader, open)
    else this.#byReader.delete(reader)
  }
}

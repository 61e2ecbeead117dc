import type { ILinkClient } from '#wechat/ilink/client'

/** A request in the middle of which a process ends: before it was made, or with its answer unread. */
export interface Death {
  call: 'getUpdates' | 'sendText'
  at: 'before' | 'after'
}

/** A client whose process can be killed: from then on nothing that it was asked for ever ends. */
export class MortalClient {
  readonly #client: ILinkClient
  readonly #never = new Promise<never>(() => {})
  #death: Death | null = null
  #isDead = false
  #onDeath: () => void = () => {}
  /** Resolves when the process has ended. */
  readonly killed = new Promise<'killed'>((resolve) => (this.#onDeath = () => resolve('killed')))

  constructor(client: ILinkClient) {
    this.#client = client
  }

  /** Ends the process in its next request of that kind. */
  dieAt(death: Death) {
    this.#death = death
  }

  readonly getUpdates: ILinkClient['getUpdates'] = (...given) =>
    this.#ask('getUpdates', () => this.#client.getUpdates(...given))

  readonly sendText: ILinkClient['sendText'] = (...given) =>
    this.#ask('sendText', () => this.#client.sendText(...given))

  readonly notifyStart: ILinkClient['notifyStart'] = (...given) =>
    this.#ask(null, () => this.#client.notifyStart(...given))

  readonly typingTicket: ILinkClient['typingTicket'] = (...given) =>
    this.#ask(null, () => this.#client.typingTicket(...given))

  readonly showTyping: ILinkClient['showTyping'] = (...given) =>
    this.#ask(null, () => this.#client.showTyping(...given))

  async #ask<T>(call: Death['call'] | null, request: () => Promise<T>): Promise<T> {
    const at = this.#death?.call === call ? this.#death?.at : undefined
    if (at === 'before') this.#die()
    if (this.#isDead) return this.#never
    const answer = await request()
    if (at === 'after') this.#die()
    return this.#isDead ? this.#never : answer
  }

  #die() {
    this.#isDead = true
    this.#onDeath()
  }
}

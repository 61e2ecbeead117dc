import type { Socket } from 'node:net'

/** An interim answer that is longer is passed on as it is. */
const LONGEST_BYTES = 16_384

/** `101 Switching Protocols` is none of them: it ends HTTP. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/
const HEAD_END = '\r\n\r\n'

/** How an interim answer begins, and how many bytes tell whether it is one. */
const BEGINNINGS = ['HTTP/1.1 1', 'HTTP/1.0 1']
const TELLING_BYTES = 'HTTP/1.1 100 '.length

/**
 * Takes interim answers out of what a socket receives before the answer itself. A client has to bear
 * those that it did not ask for (RFC 9110 15.2), and some proxies send a `100 Continue` to every
 * POST; undici takes it for a broken answer.
 */
export class AnswerFilter {
  readonly #push: Socket['push']
  #isBeforeAnswer = true
  #held = Buffer.alloc(0)
  #hasReceived = false

  constructor(socket: Socket) {
    this.#push = socket.push.bind(socket)
    socket.push = (chunk, encoding) => this.#receive(chunk, encoding)
  }

  /** Whether nothing has come since the last request began. */
  get isSilent(): boolean {
    return !this.#hasReceived
  }

  /** A request begins: what comes next is its answer. */
  renew() {
    this.#isBeforeAnswer = true
    this.#hasReceived = false
  }

  /** Answers as `push` does: whether more may come. */
  #receive(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    this.#hasReceived ||= chunk !== null
    if (!this.#isBeforeAnswer) {
      return this.#push(chunk, encoding)
    }
    this.#held = chunk ? Buffer.concat([this.#held, chunk]) : this.#held
    this.#dropInterim()
    if (chunk && this.#mayBeInterim()) {
      return true
    }
    return this.#passOn(chunk === null)
  }

  #dropInterim() {
    while (INTERIM.test(this.#beginning())) {
      const end = this.#held.indexOf(HEAD_END)
      if (end === -1) return
      this.#held = this.#held.subarray(end + HEAD_END.length)
    }
  }

  /** Whether more bytes have to come before it is known what they are. */
  #mayBeInterim(): boolean {
    const beginning = this.#beginning()
    const isPart =
      beginning.length < TELLING_BYTES &&
      BEGINNINGS.some((one) => one.startsWith(beginning.slice(0, one.length)))
    return isPart || (INTERIM.test(beginning) && this.#held.length < LONGEST_BYTES)
  }

  #beginning(): string {
    return this.#held.toString('latin1', 0, TELLING_BYTES)
  }

  #passOn(isEnd: boolean): boolean {
    const held = this.#held
    this.#held = Buffer.alloc(0)
    this.#isBeforeAnswer = false
    const mayGoOn = held.length > 0 ? this.#push(held) : true
    return isEnd ? this.#push(null) : mayGoOn
  }
}

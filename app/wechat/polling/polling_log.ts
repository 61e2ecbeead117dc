import type { Logger } from '@adonisjs/core/logger'
import { explainFullDisk } from '#foundation/db/explain_database'
import type { ILinkFailure, ServerRefusal } from '#wechat/ilink/answer'

/** The same trouble is told once in this many milliseconds. */
const QUIET_MS = 60_000

/** What the operator reads of the polling. No line names a person or holds a token. */
export class PollingLog {
  readonly #logger: Logger
  readonly #toldAt = new Map<string, number>()
  #bindings: number | null = null

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Told when it has changed. */
  polling(bindings: number) {
    if (bindings !== this.#bindings) {
      this.#logger.info(`Polling for ${bindings} ${bindings === 1 ? 'binding' : 'bindings'}`)
      this.#bindings = bindings
    }
  }

  expired(bindingId: number, why: string) {
    this.#logger.warn(`binding ${bindingId} has ended, its user is told to scan again: ${why}`)
  }

  refused(bindingId: number, { ret, errcode, text }: ServerRefusal) {
    const why = text || `ret ${ret}, errcode ${errcode}`
    this.#warnOnce(`binding ${bindingId}`, `a poll for binding ${bindingId} was refused: ${why}`)
  }

  /** A host did not answer as it should. */
  failed(baseUrl: string, { message }: ILinkFailure) {
    this.#warnOnce(
      baseUrl,
      `${URL.parse(baseUrl)?.host} cannot be polled: ${message}; trying again`
    )
  }

  /** The binding is not polled until another process takes it. */
  unreadable(bindingId: number, { message }: Error) {
    this.#logger.error(`binding ${bindingId} is not polled: ${message}`)
  }

  unanswered(bindingId: number, error: Error) {
    this.#logger.error({ err: error }, `a message to binding ${bindingId} was not answered`)
  }

  /** Something of our own failed, as a rule the database. The work goes on. */
  fault(error: Error) {
    const explained = explainFullDisk(error)
    this.#logger.error({ err: explained }, `${explained.message}; trying again`)
  }

  #warnOnce(about: string, line: string) {
    const now = performance.now()
    if (now - (this.#toldAt.get(about) ?? -Infinity) >= QUIET_MS) {
      this.#toldAt.set(about, now)
      this.#logger.warn(line)
    }
  }
}

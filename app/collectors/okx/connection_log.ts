import type { Logger } from '@adonisjs/core/logger'
import { type OkxFailure } from '#collectors/okx/okx_failure'
import type { Recovery } from '#collectors/okx/recovery/recover'
import { okxReasonWords } from '#collectors/okx/reason_words'

/** What the process that watches accounts at OKX tells its operator. No key is in it. */
export class ConnectionLog {
  constructor(private readonly logger: Logger) {}

  live(account: string, { since, orders, fills, bills }: Recovery) {
    const from = new Date(since).toISOString()
    this.logger.info(
      { account },
      `${account} is live; since ${from} there were ${orders} orders, ${fills} fills, ${bills} bills`
    )
  }

  handover(account: string) {
    this.logger.info({ account }, `${account}: OKX closes the connection soon, another takes over`)
  }

  failed(account: string, failure: OkxFailure, waitMs: number) {
    const again = `trying again in ${Math.round(waitMs / 1000)} s`
    this.logger.warn(
      { account, reason: failure.kind },
      `${account}: ${okxReasonWords[failure.kind]} (${failure.message}); ${again}`
    )
  }

  standingBy() {
    this.logger.info('Another process watches the accounts at OKX; standing by')
  }

  fault(error: Error) {
    this.logger.error({ err: error }, error.message)
  }
}

import okxConfig from '#config/okx'
import verificationConfig from '#config/verification'
import { okxAnswers } from '#collectors/okx/rest/answers'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { PackageFiles } from '#verification/evidence/package_files'
import { signingKeyOf } from '#verification/evidence/signature'
import { verifyOrders } from '#verification/work/verify_orders'

export default class VerifyOrders extends LongRunningCommand {
  static commandName = 'verify:orders'
  static description = 'Work on the queues of verifications and store packages of evidence'
  static help = [
    'Asks OKX again about each order that was filled, compares that with what was',
    'recorded meanwhile, and keeps a package of evidence in EVIDENCE_STORAGE_PATH.',
    'Several processes may share the queues.',
    '```',
    '{{ binaryName }} verify:orders',
    '```',
  ]

  protected get beatsAs() {
    return 'verify:orders'
  }

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    const { folder, signingSeed, timeoutMs, concurrency } = verificationConfig
    const clock = systemClock
    const options = {
      ask: okxAnswers(new OkxVenues(clock, okxConfig.hosts)),
      files: new PackageFiles(folder),
      signingKey: signingSeed ? signingKeyOf(signingSeed) : null,
    }
    logger.info(`verifying orders, ${concurrency} at once`)
    await verifyOrders({ ...options, timeoutMs, concurrency, clock, logger }, signal)
  }
}

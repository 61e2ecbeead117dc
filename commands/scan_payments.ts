import { flags } from '@adonisjs/core/ace'
import billingConfig from '#config/billing'
import plans from '#config/plans'
import { systemClock } from '#foundation/clock'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { prepareReceiving } from '#billing/addresses/receiving_address'
import { PaymentWatcher } from '#billing/watcher/payment_watcher'

export default class ScanPayments extends LongRunningCommand {
  static commandName = 'scan:payments'
  static description = 'Watch the deposit addresses and credit what comes in'
  static help = [
    'Reads balances at the finalized block, so that nothing credited is taken',
    'back. Holds no key.',
    '```',
    '{{ binaryName }} scan:payments',
    '{{ binaryName }} scan:payments --once',
    '```',
    'Exit codes: 0 done, 1 refused or failed.',
  ]

  @flags.boolean({ description: 'Check every address once and end' })
  declare once?: boolean

  protected get beatsAs() {
    return this.once ? null : 'scan:payments'
  }

  async work(signal: AbortSignal) {
    await withEndpoints(billingConfig, systemClock, (endpoints) => this.#watch(endpoints, signal))
  }

  async #watch(endpoints: EndpointPool, signal: AbortSignal) {
    this.endpoints = endpoints
    const logger = await this.app.container.make('logger')
    const options = { ...billingConfig, endpoints, terms: plans, clock: systemClock, logger }
    await prepareReceiving(options)

    const watcher = new PaymentWatcher(options)
    await (this.once ? watcher.once() : outlastFaults(() => watcher.run(signal), options, signal))
  }
}

import scannerConfig from '#config/scanner'
import sources from '#config/sources'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/long_running_command'
import { OperatorError } from '#foundation/operator_error'
import { EndpointPool } from '#scanner/endpoints/endpoint_pool'
import { Maintenance } from '#scanner/maintenance'
import { Scanner } from '#scanner/scanner'
import { TokenDetailsLookUp } from '#scanner/token_details'

export default class ScanChain extends LongRunningCommand {
  static commandName = 'scan:chain'
  static description = 'Read the chain and store launches, pools and trades'
  static help = [
    'Follows the chain of BSC_RPC_URL from where it stopped, until it is told to stop.',
    '```',
    '{{ binaryName }} scan:chain',
    '```',
  ]

  async work(signal: AbortSignal) {
    if (scannerConfig.endpoints.length === 0) {
      throw new OperatorError(
        'BSC_RPC_URL is not set: name an endpoint that serves eth_getLogs in .env'
      )
    }

    const logger = await this.app.container.make('logger')
    const endpoints = new EndpointPool(scannerConfig.endpoints, scannerConfig.chainId, systemClock)
    const options = { ...scannerConfig, endpoints, sources, clock: systemClock, logger }

    const scanner = new Scanner(options)

    await Promise.all([
      scanner.run(signal),
      new TokenDetailsLookUp(options).run(signal),
      new Maintenance(options).run(signal, () => scanner.isActive),
    ])
  }
}

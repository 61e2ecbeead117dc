import gmgnConfig from '#config/gmgn'
import scannerConfig from '#config/scanner'
import { systemClock } from '#foundation/clock'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { GmgnApi } from '#collectors/gmgn/gmgn_api'
import { GmgnScanner } from '#collectors/gmgn/gmgn_scanner'

/** GMGN is asked about BNB Smart Chain only. */
const BSC = 56

export default class ScanGmgn extends LongRunningCommand {
  static commandName = 'scan:gmgn'
  static description = 'Poll GMGN and store launches that the chain did not show'
  static help = [
    'Needs a key of the official GMGN API in GMGN_API_KEY. One process per key:',
    'two would share its rate limit.',
    '```',
    '{{ binaryName }} scan:gmgn',
    '```',
  ]

  protected get beatsAs() {
    return 'scan:gmgn'
  }

  async work(signal: AbortSignal) {
    const { key, ...settings } = gmgnConfig
    const { chainId } = scannerConfig
    if (!key) {
      throw new OperatorError('GMGN_API_KEY is not set: get a key at https://gmgn.ai/ai')
    }
    if (chainId !== BSC) {
      throw new OperatorError(`GMGN is read for chain ${BSC}, but CHAIN_ID is ${chainId}`)
    }

    const logger = await this.app.container.make('logger')
    const api = new GmgnApi({ ...settings, key, clock: systemClock })
    logger.info(`polling GMGN every ${settings.intervalMs} ms`)
    const options = { ...settings, chainId, api, clock: systemClock, logger }
    // One scanner for all that happens: it keeps what it could not store.
    const scanner = new GmgnScanner(options)
    this.endpoints = { silentSince: () => null, marks: () => scanner.marks() }
    await outlastFaults(() => scanner.run(signal), options, signal)
  }
}

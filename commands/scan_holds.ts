import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { print, printAside } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { acceptHold } from '#collectors/store/holds'
import ScanHold from '#models/scan_hold'

export default class ScanHolds extends BaseCommand {
  static commandName = 'scan:holds'
  static description = 'List reorgs and audits that would remove too many facts, and allow one'
  static options: CommandOptions = { startApp: true }
  static help = [
    'A reorg or an audit that would take back more facts than SCAN_RETRACT_LIMIT',
    'waits. Check first that the endpoints of BSC_RPC_URL follow the same chain.',
    '```',
    '{{ binaryName }} scan:holds',
    '{{ binaryName }} scan:holds --accept=3',
    '```',
    'What was accepted is carried out by scan:chain within a minute.',
  ]

  @flags.number({ description: 'The number of the one to allow' })
  declare accept?: number

  async run() {
    if (this.accept !== undefined) {
      return this.#accept(this.accept)
    }
    const held = await ScanHold.waiting(systemClock.now())
    for (const { id, chainId, kind, fromBlock, toBlock, facts, covered } of held) {
      const blocks = `blocks ${fromBlock}-${toBlock} of chain ${chainId}`
      print(`${id}  ${kind}  ${blocks}: ${facts} of ${covered} facts\n`)
    }
    if (held.length === 0) {
      print('Nothing is held.\n')
    }
  }

  async #accept(id: number) {
    if (await acceptHold(id, systemClock.now())) {
      print('Accepted: scan:chain goes on with it.\n')
    } else {
      printAside(`Nothing that is held has the number ${id}: see node ace scan:holds\n`)
      this.exitCode = 1
    }
  }
}

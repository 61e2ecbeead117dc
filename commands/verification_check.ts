import { readFile } from 'node:fs/promises'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { OperatorError } from '#foundation/errors'
import { checkPackage } from '#verification/evidence/check_package'
import { printJson } from '#foundation/cli/print_list'

/** Exit code: something does not come out as the package says. */
const DIFFERS = 5

function markOf(holds: boolean | null): string {
  if (holds === null) return '-- '
  return holds ? 'ok ' : 'OFF'
}

export default class VerificationCheck extends BaseCommand {
  static commandName = 'verification:check'
  static description = 'Recompute a package of evidence from its file alone'
  static help = [
    'Reads the order out of the raw answers of the venue again, recomputes every hash',
    'and the signature, and says what does not hold. No database and no network is',
    'needed, so that each holder of the file can do it anywhere.',
    '```',
    '{{ binaryName }} verification:check evidence.json',
    '```',
    'Exit codes: 0 all holds, 1 refused, 5 something does not.',
  ]

  @args.string({ description: 'The file of the package' })
  declare file: string

  @flags.boolean({ description: 'Print as JSON on stdout' })
  declare json?: boolean

  async run() {
    const text = await readFile(this.file, 'utf8').catch((error: Error) => {
      throw new OperatorError(`The package cannot be read: ${error.message}`)
    })
    const checks = checkPackage(text)
    const lines = checks.map(
      ({ name, holds, detail }) => `${markOf(holds)} ${name}${detail ? `: ${detail}` : ''}`
    )
    if (this.json) printJson(checks)
    else print(`${lines.join('\n')}\n`)
    this.exitCode = checks.every(({ holds }) => holds !== false) ? 0 : DIFFERS
  }
}

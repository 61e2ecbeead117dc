import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import { capturedHeaders, verifyRequest } from '#webhooks/endpoints/verify_request'
import { systemClock } from '#foundation/clock'
import { durationFlag } from '#foundation/cli/flags'
import { OperatorError } from '#foundation/errors'
import { printJson } from '#foundation/cli/print_list'

/** Exit code: the request is not what the sender signed, or too old. */
const NOT_GENUINE = 4

export default class WebhookVerify extends BaseCommand {
  static commandName = 'webhook:verify'
  static description = 'Check a captured request and say precisely what is wrong with it'
  static help = [
    'For a receiver that refuses what it gets. The body has to be as it came,',
    'byte for byte. Nothing is read from the database. The secret is whsec_…, or',
    'for ed25519 the public key, whpk_…; in the variable SECRET it does not show',
    'in the list of processes.',
    '```',
    '{{ binaryName }} webhook:verify --body=body.json --secret=whsec_… \\',
    '  --header="webhook-id: evt_1" --header="webhook-timestamp: 1780000000" \\',
    '  --header="webhook-signature: v1,…"',
    'SECRET=whsec_… {{ binaryName }} webhook:verify --tolerance=7d … < body.json',
    '```',
    'Exit codes: 0 genuine, 1 refused, 4 not genuine or too old.',
  ]

  @flags.string({ description: 'File with the body; - for stdin', default: '-' })
  declare body: string

  @flags.array({ description: 'A header as "name: value"; repeated for each' })
  declare header?: string[]

  @flags.string({ description: 'The secret or public key of the endpoint [default: $SECRET]' })
  declare secret?: string

  @flags.string({ description: 'How old the request may be', default: '5m' })
  declare tolerance: string

  @flags.boolean({ description: 'Print the finding as JSON on stdout' })
  declare json?: boolean

  async run() {
    const secret = this.secret ?? process.env.SECRET
    if (!secret) {
      throw new OperatorError(
        'Give the secret of the endpoint: --secret=whsec_…, or its public key: --secret=whpk_…'
      )
    }
    const toleranceMs = durationFlag('tolerance', this.tolerance)
    const request = { headers: capturedHeaders(this.header ?? []), body: await this.#read() }
    const finding = verifyRequest(request, {
      secrets: [secret],
      now: systemClock.now(),
      toleranceMs,
    })

    this.exitCode = finding.genuine ? 0 : NOT_GENUINE
    const words = finding.genuine
      ? `Genuine: ${finding.id}, sent ${finding.age_seconds} s ago.`
      : `${finding.problem}.`
    if (this.json) printJson(finding)
    else print(`${words}\n`)
  }

  async #read(): Promise<string> {
    if (this.body === '-') {
      if (process.stdin.isTTY) {
        printAside('Reading the body from stdin, up to Ctrl+D …\n')
      }
      return text(process.stdin)
    }
    return readFile(this.body, 'utf8').catch((error: Error) => {
      throw new OperatorError(`The body cannot be read: ${error.message}`)
    })
  }
}

import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import okxConfig from '#config/okx'
import { accountByWallet } from '#accounts/find_account'
import {
  findOkxAccount,
  okxAccountsOf,
  removeOkxAccount,
} from '#collectors/okx/accounts/account_list'
import { addOkxAccount } from '#collectors/okx/accounts/add_account'
import { checkOkxAccount } from '#collectors/okx/accounts/check_account'
import { FIRST_ACCOUNT } from '#collectors/okx/accounts/first_account'
import { okxWarningWords, type OkxWarning } from '#collectors/okx/accounts/warnings'
import { systemClock } from '#foundation/clock'
import { printList } from '#foundation/cli/print_list'
import { readSecrets } from '#foundation/cli/read_secrets'
import { OperatorError } from '#foundation/errors'
import { minuteText } from '#foundation/text/figures'
import { OKX_REGIONS, type OkxRegion } from '#models/okx_account'
import { okxVenues } from '#start/okx'
import { okxAccountAnswer } from '#views/okx_account_answers'

const ACTIONS = ['add', 'list', 'remove', 'check'] as const

type Action = (typeof ACTIONS)[number]

export default class OkxAccount extends BaseCommand {
  static commandName = 'okx:account'
  static description = 'Add, list, check and remove accounts at OKX'
  static help = [
    'A key that may only read is enough. On a terminal its three parts are asked for; elsewhere they',
    'are read from stdin, one a line: API key, secret key, passphrase. Never as arguments, which other',
    'users of the machine can read. OKX is asked whether the key is good before anything is stored.',
    '```',
    '{{ binaryName }} okx:account add main --region=eea',
    '{{ binaryName }} okx:account add practice --demo < key.txt',
    '{{ binaryName }} okx:account list --json',
    '{{ binaryName }} okx:account check main',
    '{{ binaryName }} okx:account remove main',
    '```',
    'Regions: global, us (also Australia), eea (Europe). To change a key, add the account again.',
    'Exit codes: 0 done, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'add, list, remove or check' })
  declare action: Action

  @args.string({ description: 'What the account is called, or its number', required: false })
  declare name?: string

  @flags.string({ description: 'Where the key is valid: global, us or eea', default: 'global' })
  declare region: OkxRegion

  @flags.boolean({ description: 'The key is for demo trading' })
  declare demo?: boolean

  @flags.string({ description: 'The wallet of the user whose account it is' })
  declare user?: string

  @flags.boolean({ description: 'List as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const user = this.user ? await accountByWallet(this.user) : null
    const ownerId = user?.id ?? null
    switch (this.action) {
      case 'add':
        return this.#add(ownerId)
      case 'list':
        return this.#list(ownerId)
      case 'check':
        return this.#check(ownerId)
      case 'remove':
        return this.#remove(ownerId)
      default:
        throw new OperatorError(`"${this.action}" is none of ${ACTIONS.join(', ')}`)
    }
  }

  async #add(ownerId: number | null) {
    const label = this.#named()
    if (!OKX_REGIONS.includes(this.region)) {
      throw new OperatorError(`"${this.region}" is no region. There are: ${OKX_REGIONS.join(', ')}`)
    }
    const [apiKey, secretKey, passphrase] = await readSecrets(
      this.prompt,
      'API key',
      'Secret key',
      'Passphrase'
    )
    const environment = this.demo ? 'demo' : 'live'
    const wish = { label, region: this.region, environment } as const
    const key = { apiKey, secretKey, passphrase }
    const { account, warnings, isKnown } = await addOkxAccount(
      okxVenues(),
      ownerId,
      { ...wish, key },
      systemClock
    )
    const done = isKnown ? 'has got the new key' : 'is stored from now on'
    say(`Account ${account.id} (OKX ${account.uid}) ${done}.`)
    sayWarnings(warnings)
  }

  async #list(ownerId: number | null) {
    const accounts = await okxAccountsOf(ownerId)
    printList(
      accounts.map((account) => okxAccountAnswer(account)),
      {
        isJson: this.json,
        columns: {
          'id': ({ id }) => id,
          'label': ({ label }) => label,
          'region': ({ region, environment }) => `${region} ${environment}`,
          'uid': ({ uid }) => uid,
          'may': ({ permissions }) => permissions.join(','),
          'connection': ({ connection, reason }) =>
            reason ? `${connection}: ${reason}` : connection,
          'live since': (account) => minuteText(account.live_since),
        },
        ifEmpty: 'No account yet. Add one: node ace okx:account add main',
      }
    )
  }

  async #check(ownerId: number | null) {
    const account = await findOkxAccount(ownerId, this.#named())
    const check = await checkOkxAccount(okxVenues(), account, systemClock)
    if (!check.isGood) throw new OperatorError(`The key cannot be used. ${check.message}`)
    say('The key is good.')
    sayWarnings(check.warnings)
  }

  async #remove(ownerId: number | null) {
    const account = await findOkxAccount(ownerId, this.#named())
    if (ownerId === null && account.label === FIRST_ACCOUNT && okxConfig.firstAccount) {
      throw new OperatorError('Take OKX_API_KEY out of the environment first: it would come back')
    }
    await removeOkxAccount(account, systemClock)
    say('It is removed, and its key is forgotten. What is stored of it stays.')
  }

  #named(): string {
    if (this.name) return this.name
    throw new OperatorError(`Name the account: node ace okx:account ${this.action} main`)
  }
}

function say(text: string) {
  printAside(`${text}\n`)
}

function sayWarnings(warnings: readonly OkxWarning[]) {
  warnings.forEach((warning) => say(`Note: ${okxWarningWords[warning]}.`))
}

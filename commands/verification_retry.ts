import { args, flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { retryFailed, retryJob } from '#verification/jobs/retry_jobs'
import { countFlag } from '#foundation/cli/flags'
import { printJson } from '#foundation/cli/print_list'

const MOST_AT_ONCE = 1000

export default class VerificationRetry extends LongRunningCommand {
  static commandName = 'verification:retry'
  static description = 'Verify orders again whose verification failed'
  static help = [
    'One job by its uid, or with --failed those that failed last. What failed because',
    'two paths differ (hash_mismatch) is tried again by its uid alone.',
    '```',
    '{{ binaryName }} verification:retry 01KSYG9J10V3M6R8T0W2Y4A6C8',
    '{{ binaryName }} verification:retry --failed --limit=50',
    '```',
  ]

  @args.string({ description: 'The uid of a job', required: false })
  declare uid?: string

  @flags.boolean({ description: 'Those that failed last, each order once' })
  declare failed?: boolean

  @flags.number({ description: 'At most so many', default: 50 })
  declare limit: number

  @flags.boolean({ description: 'Print the uids of the new jobs as JSON on stdout' })
  declare json?: boolean

  async work() {
    if (Boolean(this.uid) === Boolean(this.failed)) {
      throw new OperatorError('Give the uid of a job, or --failed for those that failed last')
    }
    const limit = countFlag('limit', this.limit, MOST_AT_ONCE)
    const started = this.uid
      ? [await retryJob(this.uid, systemClock)]
      : await retryFailed(limit, systemClock)
    const uids = started.length > 0 ? `: ${started.join(', ')}` : ''
    if (this.json) printJson(started)
    else print(`${started.length} queued${uids}\n`)
  }
}

import { flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { printJson, printTable } from '#foundation/cli/print_list'
import { cleanJobs } from '#verification/jobs/clean_jobs'
import { QUEUE_NAMES, queueDetails, queueStates } from '#verification/jobs/queues'

export default class VerificationQueues extends LongRunningCommand {
  static commandName = 'verification:queues'
  static description =
    'Print the queues of verifications: how long they are and what is at their head'
  static help = [
    'With --clean it puts them in order first, as monitor:orders does each minute: jobs',
    'of orders that cannot be verified, or that waited for a week, are cancelled; those',
    'of processes that have ended go back to their queue.',
    '```',
    '{{ binaryName }} verification:queues',
    '{{ binaryName }} verification:queues --clean --json',
    '```',
  ]

  @flags.boolean({ description: 'Put them in order first' })
  declare clean?: boolean

  @flags.boolean({ description: 'Print as JSON on stdout; times in epoch milliseconds' })
  declare json?: boolean

  async work() {
    const cleaned = this.clean ? await cleanJobs(systemClock) : null
    const queues = await queueStates()
    const details = await queueDetails()
    const jobs = details.map((job) => ({
      job_uid: job.jobUid,
      queue: QUEUE_NAMES[job.priority],
      state: job.state,
      order_id: job.orderId,
      attempts: job.attempts,
      due_at: job.dueAt,
    }))
    if (this.json) {
      printJson({ cleaned, queues, jobs })
      return
    }
    if (cleaned) {
      printAside(`${cleaned.cancelled} cancelled, ${cleaned.released} given back\n`)
    }
    printTable(
      ['queue', 'waiting', 'in progress'],
      queues.map((queue) => [queue.name, queue.length, queue.in_progress])
    )
    printTable(
      ['job', 'queue', 'state', 'order', 'attempts'],
      jobs.map((job) => [job.job_uid, job.queue, job.state, job.order_id, job.attempts])
    )
  }
}

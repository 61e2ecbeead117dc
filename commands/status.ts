import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import healthConfig from '#config/health'
import { printList } from '#foundation/cli/print_list'
import { systemClock } from '#foundation/clock'
import { durationText, minuteText } from '#foundation/text/figures'
import { conditionOf, type ProcessCondition } from '#health/process_condition'
import { lastSeen, readProcesses, type ProcessState } from '#health/processes'

/** Something that was at work has ended without having been told to, or gets nowhere. */
const DIED_OR_STUCK = 3

const BAD: readonly ProcessCondition[] = ['dead', 'stuck']

export default class Status extends BaseCommand {
  static commandName = 'status'
  static description =
    'List the processes of Regou on all machines, and which one has died or is stuck'
  static help = [
    'What each said of itself a few seconds ago, from the database that they share.',
    'Whether everything is read and arrives says check:push.',
    '```',
    '{{ binaryName }} status',
    `{{ binaryName }} status --json | jq -r '.data[] | select(.condition == "dead") | .kind'`,
    '```',
    'Exit codes: 0 all that was started is at work or was told to end, 1 failed,',
    '3 one has died and no other does its work, or one lives and gets nowhere.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Print everything as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const now = systemClock.now()
    const processes = await readProcesses(now)
    const rows = processes.map((state) => ({
      ...state,
      condition: conditionOf(state, processes, healthConfig.stuckMs, now),
    }))
    printList(rows, {
      isJson: this.json,
      columns: {
        'process': ({ kind }) => kind,
        'condition': ({ condition }) => condition,
        'since': ({ started_at: startedAt }) => minuteText(startedAt),
        'last seen': (row) => `${durationText(Math.max(0, now - lastSeen(row)))} ago`,
        'progress': (row) => progressNote(row, now),
        'host': ({ host }) => host,
        'pid': ({ pid }) => pid,
        'version': ({ version }) => version,
        'endpoints': (row) => endpointNote(row, now),
      },
      ifEmpty: 'No process has ever been started on this database: npm start',
    })
    if (rows.some(({ condition }) => BAD.includes(condition))) this.exitCode = DIED_OR_STUCK
  }
}

/** What it did last, and when; empty for those without loops. */
function progressNote(
  { works_on: worksOn, steps, progress_at: at }: ProcessState,
  now: number
): string {
  if (at === null) return ''
  return `${worksOn ?? `${steps} steps`}, ${durationText(Math.max(0, now - at))} ago`
}

/** What is wrong with the RPC endpoints that a process asks; empty: nothing. */
function endpointNote(
  { rpc_silent_since: silentSince, endpoint_marks: marks }: ProcessState,
  now: number
): string {
  const silent =
    silentSince === null ? [] : [`none has answered for ${durationText(now - silentSince)}`]
  const marked = marks.length > 0 ? [`${marks.length} marked`] : []
  return [...silent, ...marked].join(', ')
}

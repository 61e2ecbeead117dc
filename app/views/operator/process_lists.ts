import type { BackupFile } from '#backups/backup_files'
import { durationText } from '#foundation/text/figures'
import { conditionOf, type ProcessCondition } from '#health/process_condition'
import { lastSeen, type ProcessState } from '#health/processes'
import type { Viewer } from '#http/viewer'
import { textCell, timeCell, wordCell, type ListView } from '#views/operator/list_view'

const LOOKS: Record<ProcessCondition, string> = {
  'at work': 'done',
  'starting': 'waiting',
  'stuck': 'failed',
  'dead': 'failed',
  'ended': 'waiting',
  'replaced': 'waiting',
}

export function processList(
  processes: readonly ProcessState[],
  stuckMs: number,
  { localTime, locale, now }: Viewer
): ListView {
  const mb = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString(locale)} MB`
  return {
    name: 'processes',
    columns: ['process', 'condition', 'progress', 'memory', 'host', 'version', 'started', 'seen'],
    rows: processes.map((state) => {
      const condition = conditionOf(state, processes, stuckMs, now)
      const { rss_bytes: rss } = state.figures
      return {
        id: `${state.kind}-${state.pid}`,
        cells: [
          { text: state.kind, isCode: true },
          wordCell(`conditions.${condition.replace(' ', '_')}`, LOOKS[condition]),
          textCell(progressText(state, now)),
          textCell(rss === undefined ? null : mb(rss)),
          textCell(`${state.host} · ${state.pid}`),
          textCell(state.version),
          timeCell(state.started_at, localTime),
          timeCell(lastSeen(state), localTime),
        ],
      }
    }),
  }
}

function progressText({ works_on: worksOn, steps, progress_at: at }: ProcessState, now: number) {
  if (at === null) return null
  return `${worksOn ?? steps} · ${durationText(Math.max(0, now - at))}`
}

export function backupList(
  backups: readonly BackupFile[],
  { localTime, locale }: Viewer
): ListView {
  return {
    name: 'backups',
    columns: ['file', 'made', 'size'],
    rows: backups.map(({ path, madeAt, bytes }) => ({
      id: path,
      cells: [
        { text: path, isCode: true },
        timeCell(madeAt, localTime),
        textCell(`${(bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`),
      ],
    })),
  }
}

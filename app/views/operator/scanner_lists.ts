import type { GapState } from '#collectors/store/gap_list'
import type { Viewer } from '#http/viewer'
import type ScanAudit from '#models/scan_audit'
import type ScanCursor from '#models/scan_cursor'
import type ScanGap from '#models/scan_gap'
import type ScanHold from '#models/scan_hold'
import { textCell, timeCell, type ListView } from '#views/operator/list_view'

export const GAP_STATES: readonly GapState[] = ['open', 'closed']

const HOME = '/operator/scanners'

/** Blocks are names: without separators between their digits. */
const blocks = (from: number, to: number) => ({ text: `${from}–${to}`, isCode: true })

export function cursorList(cursors: readonly ScanCursor[], { localTime }: Viewer): ListView {
  return {
    name: 'cursors',
    columns: ['cursor', 'block', 'head', 'behind', 'read'],
    rows: cursors.map(({ name, blockNumber, headBlock, updatedAt }) => ({
      id: name,
      cells: [
        { text: name, isCode: true },
        textCell(blockNumber),
        textCell(headBlock),
        textCell(headBlock === null ? null : Math.max(0, headBlock - blockNumber)),
        timeCell(updatedAt, localTime),
      ],
    })),
  }
}

export function gapList(gaps: readonly ScanGap[], { localTime }: Viewer): ListView {
  return {
    name: 'gaps',
    columns: ['chain', 'blocks', 'reason', 'tries', 'since', 'next'],
    bulk: { action: `${HOME}/gaps/retry`, name: 'retry' },
    rows: gaps.map((gap) => ({
      id: String(gap.id),
      cells: [
        textCell(gap.chainId),
        blocks(gap.fromBlock, gap.toBlock),
        textCell(gap.detail ? `${gap.reason}: ${gap.detail}` : gap.reason),
        textCell(gap.tries),
        timeCell(gap.createdAt, localTime),
        timeCell(gap.closedAt ?? gap.nextTryAt, localTime),
      ],
    })),
  }
}

export function holdList(holds: readonly ScanHold[], { localTime, locale }: Viewer): ListView {
  return {
    name: 'holds',
    columns: ['kind', 'chain', 'blocks', 'facts', 'since'],
    rows: holds.map((hold) => ({
      id: String(hold.id),
      cells: [
        textCell(hold.kind),
        textCell(hold.chainId),
        blocks(hold.fromBlock, hold.toBlock),
        textCell(`${hold.facts.toLocaleString(locale)} / ${hold.covered.toLocaleString(locale)}`),
        timeCell(hold.createdAt, localTime),
      ],
      forms: [
        {
          action: `${HOME}/holds/accept`,
          name: 'accept',
          hidden: { ids: String(hold.id) },
          isDangerous: true,
        },
      ],
    })),
  }
}

export function auditList(audits: readonly ScanAudit[], { localTime }: Viewer): ListView {
  return {
    name: 'audits',
    columns: [
      'chain',
      'blocks',
      'logs',
      'missing',
      'phantom',
      'altered',
      'repaired',
      'unchecked',
      'made',
    ],
    rows: audits.map((audit) => ({
      id: String(audit.id),
      cells: [
        textCell(audit.chainId),
        blocks(audit.fromBlock, audit.toBlock),
        ...[
          audit.logsOnChain,
          audit.missing,
          audit.phantom,
          audit.altered,
          audit.repaired,
          audit.unchecked,
        ].map(textCell),
        timeCell(audit.createdAt, localTime),
      ],
    })),
  }
}

import { alertLevel } from '#delivery/alerts'
import type { Viewer } from '#http/viewer'
import type OperatorAction from '#models/operator_action'
import type { ActionVia } from '#models/operator_action'
import type PushAlert from '#models/push_alert'
import { codeCell, textCell, timeCell, wordCell, type ListView } from '#views/operator/list_view'

export const ALERT_STATES = ['open', 'closed'] as const

export const VIAS: readonly ActionVia[] = ['page', 'command']

const LEVEL_LOOKS = { critical: 'failed', degraded: 'waiting', info: 'done' }

export function alertList(alerts: readonly PushAlert[], { localTime }: Viewer): ListView {
  return {
    name: 'alerts',
    columns: ['alert', 'kind', 'message', 'raised', 'acknowledged', 'resolved'],
    bulk: { action: '/operator/alerts/acknowledge', name: 'acknowledge' },
    rows: alerts.map((alert) => ({
      id: String(alert.id),
      cells: [
        textCell(alert.id),
        { text: alert.kind, look: LEVEL_LOOKS[alertLevel(alert.kind)] },
        { text: alert.message },
        timeCell(alert.eventTime, localTime),
        timeCell(alert.acknowledgedAt, localTime),
        timeCell(alert.resolvedAt, localTime),
      ],
    })),
  }
}

export function actionList(actions: readonly OperatorAction[], { localTime }: Viewer): ListView {
  return {
    name: 'actions',
    columns: ['made', 'actor', 'via', 'action', 'subject', 'outcome', 'detail'],
    rows: actions.map((done) => ({
      id: String(done.id),
      cells: [
        timeCell(done.createdAt, localTime),
        codeCell(done.actor),
        wordCell(`via.${done.via}`),
        codeCell(done.action),
        textCell(done.subject),
        wordCell(`outcome.${done.outcome}`, done.outcome === 'done' ? 'done' : 'failed'),
        textCell(done.detail),
      ],
    })),
  }
}

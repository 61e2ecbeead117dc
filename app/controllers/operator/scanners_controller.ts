import type { HttpContext } from '@adonisjs/core/http'
import { acceptHold } from '#collectors/store/holds'
import { listGaps, retryGapsNow } from '#collectors/store/gap_list'
import { systemClock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { answerAction } from '#http/form_answers'
import { idsIn } from '#http/list_form'
import { beforeOf, choiceOf, olderPage } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import ScanAudit from '#models/scan_audit'
import ScanCursor from '#models/scan_cursor'
import ScanHold from '#models/scan_hold'
import { auditList, cursorList, gapList, GAP_STATES, holdList } from '#views/operator/scanner_lists'

const GAPS = 50
const AUDITS = 20
const HOME = '/operator/scanners'

export default class ScannersController {
  /** How far everything is read, what could not be, and what a second reading found. */
  async show(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const state = choiceOf(ctx, 'state', GAP_STATES) ?? 'open'
    const gaps = await listGaps({ state, before: beforeOf(ctx), limit: GAPS })
    const [cursors, audits, holds] = await Promise.all([
      ScanCursor.query().orderBy('name'),
      ScanAudit.query().orderBy('id', 'desc').limit(AUDITS),
      ScanHold.waiting(viewer.now),
    ])
    return ctx.view.render('pages/operator/lists', {
      page: 'scanners',
      filters: [{ name: 'state', value: state, options: GAP_STATES }],
      lists: [
        holdList(holds, viewer),
        cursorList(cursors, viewer),
        { ...gapList(gaps, viewer), older: olderPage(ctx, gaps, GAPS) },
        auditList(audits, viewer),
      ],
    })
  }

  /** Has gaps tried at once: those that are ticked. */
  async retry(ctx: HttpContext) {
    await answerAction(ctx, HOME, async () => {
      const gaps = await retryGapsNow(idsIn(ctx), systemClock.now())
      return { key: 'gapsRetried', values: { count: gaps } }
    })
  }

  /** Lets go on what would take back too much. */
  async accept(ctx: HttpContext) {
    await answerAction(ctx, HOME, async () => {
      const [id = 0] = idsIn(ctx)
      if (!(await acceptHold(id, systemClock.now()))) {
        throw new OperatorError(`Nothing that is held has the number ${id}`)
      }
      return { key: 'holdAccepted' }
    })
  }
}

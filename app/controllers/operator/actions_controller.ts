import type { HttpContext } from '@adonisjs/core/http'
import { beforeOf, choiceOf, olderPage } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import { listActions } from '#operator/action_log'
import { ACTION_NAMES } from '#operator/actions'
import { actionList, VIAS } from '#views/operator/log_lists'

const ROWS = 50

export default class ActionsController {
  /** What operators did: who, what, when, on a page or by a command. */
  async show(ctx: HttpContext) {
    const action = choiceOf(ctx, 'action', ACTION_NAMES)
    const via = choiceOf(ctx, 'via', VIAS)
    const actions = await listActions({ action, via, before: beforeOf(ctx), limit: ROWS })
    return ctx.view.render('pages/operator/lists', {
      page: 'actions',
      filters: [
        { name: 'action', value: action ?? '', options: ['', ...ACTION_NAMES] },
        { name: 'via', value: via ?? '', options: ['', ...VIAS] },
      ],
      lists: [{ ...actionList(actions, viewerOf(ctx)), older: olderPage(ctx, actions, ROWS) }],
    })
  }
}

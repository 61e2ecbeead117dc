import type { HttpContext } from '@adonisjs/core/http'
import billingConfig from '#config/billing'
import plans from '#config/plans'
import { findUser } from '#accounts/find_account'
import { auditPayments } from '#billing/audit/audit_payments'
import { assignPayment } from '#billing/ledger/assign_payment'
import { listPayments } from '#billing/ledger/list_payments'
import { systemClock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { answerAction } from '#http/form_answers'
import { idsIn, textIn } from '#http/list_form'
import { beforeOf, choiceOf, olderPage } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import { OWNERS, paymentList, PROVE, proofText } from '#views/operator/payment_lists'

const ROWS = 50
const HOME = '/operator/payments'

export default class PaymentsController {
  /** Payments, and those that matched no account. */
  async show(ctx: HttpContext) {
    const owner = choiceOf(ctx, 'owner', OWNERS)
    const unassigned = owner === 'unassigned'
    const payments = await listPayments({ unassigned, before: beforeOf(ctx), limit: ROWS })
    const list = paymentList(payments, viewerOf(ctx))
    return ctx.view.render('pages/operator/lists', {
      page: 'payments',
      filters: [{ name: 'owner', value: owner ?? '', options: ['', ...OWNERS] }],
      lists: [{ ...list, forms: [PROVE], older: olderPage(ctx, payments, ROWS) }],
    })
  }

  /** Credits a payment that matched no account to a user. */
  async assign(ctx: HttpContext) {
    await answerAction(ctx, HOME, async () => {
      const [payment = 0] = idsIn(ctx)
      const user = await findUser(textIn(ctx, 'user'))
      await assignPayment(String(payment), user, { terms: plans, clock: systemClock })
      return { key: 'assigned', detail: user.walletAddress ?? undefined }
    })
  }

  /** Proves from the chain that what was received is what was credited. */
  async audit(ctx: HttpContext) {
    await answerAction(ctx, HOME, async () => {
      if (billingConfig.endpoints.length === 0) {
        throw new OperatorError('BSC_RPC_URL is not set: nothing can be proven without the chain')
      }
      const proof = await withEndpoints(billingConfig, systemClock, (endpoints) =>
        auditPayments({ ...billingConfig, endpoints })
      )
      const holds = proof.differences.length === 0 && proof.plans.length === 0
      return {
        key: holds ? 'ledgerHolds' : 'ledgerDiffers',
        isProblem: !holds,
        detail: proofText(proof),
      }
    })
  }
}

import accountsConfig from '#config/accounts'
import type { FactRow } from '#facts/define_fact'
import type { PlanAlertKind } from '#facts/push_alert'
import { factTypeOf, type Announcement } from '#facts/registry'
import { exactAmount } from '#feed/amount_text'
import type { Reader } from '#chat/reader'

/** The types of events that tell users of their own account. */
export const ACCOUNT_EVENTS = ['payment.credited', 'push.alert'] as const

const PLAN_ALERTS: Record<PlanAlertKind, string> = {
  'plan.ending': 'notice.ending',
  'plan.ended': 'notice.ended',
}

/** Whether a chat tells of a fact as of the user's account: payments, and plans that end. */
export function isAccountNotice(announcement: Announcement, fact: FactRow): boolean {
  const type = factTypeOf(announcement)
  return type === 'payment' || (type === 'push_alert' && String(fact.kind) in PLAN_ALERTS)
}

/** What a message says of such a fact, in a line or two. */
export function noticeText(
  { factType, fact }: { factType: Announcement; fact: FactRow },
  reader: Reader,
  { hasLinks }: { hasLinks: boolean }
): string {
  if (factType === 'payment') {
    return paymentText(fact, reader)
  }
  const { t, moment } = reader
  const words = PLAN_ALERTS[fact.kind as PlanAlertKind]
  return [t(words, { time: moment(Number(fact.ends_at)) }), renewText(reader, hasLinks)].join('\n')
}

/** What was paid, and until when the plan runs now; too little buys no time until there is more. */
function paymentText({ amount, plan, entitled_until: until }: FactRow, reader: Reader): string {
  const { t, words, moment } = reader
  const paid = t('notice.paid', { amount: exactAmount(String(amount)) })
  const runs =
    plan === null || until === null
      ? t('notice.noTime')
      : t('notice.runs', {
          plan: words(`account.plan.names.${plan}`),
          until: moment(Number(until)),
        })
  return [paid, runs].join('\n')
}

/** A chat app's browser has no login here: the command gives a link that needs none. */
function renewText({ t }: Reader, hasLinks: boolean): string {
  const site = accountsConfig.appUrl
  return site && hasLinks ? t('notice.renewAt', { url: `${site}/renew` }) : t('notice.renew')
}

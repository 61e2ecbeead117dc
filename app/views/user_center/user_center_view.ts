import type { AccessToken } from '@adonisjs/auth/access_tokens'
import accountsConfig from '#config/accounts'
import type NotificationJob from '#models/notification_job'
import type Payment from '#models/payment'
import type User from '#models/user'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Locale } from '#http/page_language'
import { reasonText } from '#views/reason_text'
import { timeZones } from '#validators/time_zone'
import { isOperator } from '#accounts/account_settings'
import type { PlanState } from '#accounts/plan_state'
import type { Switch } from '#accounts/subscriptions'
import { USER_SCOPES } from '#accounts/tokens/scopes'
import { localTimes, shownZone } from '#views/user_center/local_time'
import { paymentView } from '#views/user_center/payment_view'
import { planView } from '#views/user_center/plan_view'
import { pushView } from '#views/user_center/push_view'
import { switchRows } from '#views/user_center/switch_rows'
import { tokenRow } from '#views/user_center/token_row'

interface Stored {
  user: User
  plan: PlanState
  payments: readonly Payment[]
  switches: readonly (Switch & { isOn: boolean })[]
  /** Names of the switches whose launches would arrive now. */
  reached: ReadonlySet<string>
  tokens: readonly AccessToken[]
  endpoints: readonly WebhookEndpoint[]
  pushes: readonly NotificationJob[]
}

/** Everything that the user center shows, in the words and the time of its reader. */
export function userCenterView(stored: Stored, locale: Locale, now: number) {
  const { user, plan, payments, switches, reached, tokens, endpoints, pushes } = stored
  const timeZone = shownZone(user.timeZone, locale)
  const localTime = localTimes(timeZone, locale)

  return {
    isOperator: isOperator(user, accountsConfig),
    mayAddEndpoints: plan.isPro,
    plan: planView(plan, { locale, localTime, now }),
    payments: payments.map((payment) => paymentView(payment, locale, localTime)),
    memberSince: localTime(user.createdAt),
    profile: { language: user.language ?? locale, timeZone, timeZones },
    venues: switchRows(switches, reached),
    endpoints: endpoints.map(({ id, url, state, stateReason }) => {
      return { id, url, state, reason: reasonText(stateReason, { locale, localTime }) }
    }),
    scopes: USER_SCOPES,
    tokens: tokens.map((token) => tokenRow(token, localTime)),
    pushes: pushes.map((push) => pushView(push, endpoints, { locale, localTime })),
  }
}

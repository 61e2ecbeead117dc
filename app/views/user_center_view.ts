import type { AccessToken } from '@adonisjs/auth/access_tokens'
import accountsConfig from '#config/accounts'
import type NotificationJob from '#models/notification_job'
import type Payment from '#models/payment'
import type User from '#models/user'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { LocalTimes, Viewer } from '#http/viewer'
import { FORMATS } from '#models/webhook_endpoint'
import { disablingText, reasonText } from '#views/reason_text'
import { timeZones } from '#validators/visitor_forms'
import { isOperator } from '#accounts/account_settings'
import type { PlanState } from '#accounts/plan_state'
import { type Switch, switchName } from '#accounts/subscriptions'
import { USER_SCOPES } from '#accounts/tokens/scopes'
import { paymentView } from '#views/payment_view'
import { planView } from '#views/plan_view'
import activeSources from '#start/sources'
import { optionalAddressView } from '#views/address_view'
import { durationText } from '#foundation/text/figures'

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

/** Everything that the user center shows, in the words and the time of its viewer. */
export function userCenterView(stored: Stored, viewer: Viewer) {
  const { user, plan, payments, switches, reached, tokens, endpoints, pushes } = stored
  const { locale, timeZone, localTime } = viewer

  return {
    isOperator: isOperator(user, accountsConfig),
    mayAddEndpoints: plan.isPro,
    plan: planView(plan, viewer),
    payments: payments.map((payment) => paymentView(payment, viewer)),
    memberSince: localTime(user.createdAt),
    profile: { language: user.language ?? locale, timeZone, timeZones },
    venues: switchRows(switches, reached),
    formats: FORMATS,
    endpoints: endpoints.map((endpoint) => {
      const { id, url, state } = endpoint
      return { id, url, state, reason: disablingText(endpoint, viewer) }
    }),
    scopes: USER_SCOPES,
    tokens: tokens.map((token) => tokenRow(token, localTime)),
    pushes: pushes.map((push) => pushView(push, endpoints, viewer)),
  }
}

/**
 * The switches of each venue, under the name that people know it by. A venue that is switched on
 * and of which nothing would arrive is marked.
 */
function switchRows(
  switches: readonly (Switch & { isOn: boolean })[],
  reached: ReadonlySet<string>
) {
  return [...Map.groupBy(switches, ({ source }) => source)].map(([source, ofSource]) => ({
    label: activeSources().find(({ name }) => name === source)?.label ?? source,
    isUnreached: isUnreached(ofSource, reached),
    switches: ofSource.map((one) => ({ ...one, name: switchName(one) })),
  }))
}

function isUnreached(
  switches: readonly (Switch & { isOn: boolean })[],
  reached: ReadonlySet<string>
): boolean {
  const on = switches.filter(({ isOn }) => isOn)
  return on.length > 0 && !on.some((one) => reached.has(switchName(one)))
}

/** A token as its owner recognises it: never what it proves itself with. */
function tokenRow(token: AccessToken, localTime: LocalTimes) {
  const time = (date: Date | null) => (date ? localTime(Number(date)) : null)
  return {
    id: Number(token.identifier),
    name: token.name,
    scopes: token.abilities,
    isExpired: token.isExpired(),
    createdAt: time(token.createdAt),
    lastUsedAt: time(token.lastUsedAt),
    expiresAt: time(token.expiresAt),
  }
}

/** A push as a line of a table: what, where to, how it ended and how long it took. */
function pushView(push: NotificationJob, endpoints: readonly WebhookEndpoint[], viewer: Viewer) {
  const endpoint = endpoints.find(({ id }) => id === push.targetId)
  return {
    eventType: push.eventType,
    token: optionalAddressView(push.tokenAddress),
    receiver: endpoint ? new URL(endpoint.url).host : null,
    status: push.status,
    error: push.status === 'sent' ? null : reasonText(push, viewer),
    time: viewer.localTime(push.createdAt),
    latency: push.sentAt === null ? null : durationText(push.sentAt - push.createdAt),
  }
}

import type { AccessToken } from '@adonisjs/auth/access_tokens'
import accountsConfig from '#config/accounts'
import type NotificationJob from '#models/notification_job'
import type User from '#models/user'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Locale } from '#transformers/page_language'
import { timeZones } from '#validators/time_zone'
import { isOperator } from '../../accounts/operators.js'
import type { Switch } from '../../accounts/subscriptions.js'
import { USER_SCOPES } from '../../accounts/user_scopes.js'
import { localTimes, shownZone } from './local_time.js'
import { pushView } from './push_view.js'
import { switchRows } from './switch_rows.js'
import { tokenRow } from './token_row.js'

interface Stored {
  user: User
  switches: readonly (Switch & { isOn: boolean })[]
  tokens: readonly AccessToken[]
  endpoints: readonly WebhookEndpoint[]
  pushes: readonly NotificationJob[]
}

/** Everything that the user center shows, in the words and the time of its reader. */
export function userCenterView(stored: Stored, locale: Locale) {
  const { user, switches, tokens, endpoints, pushes } = stored
  const timeZone = shownZone(user.timeZone, locale)
  const localTime = localTimes(timeZone, locale)

  return {
    isOperator: isOperator(user, accountsConfig),
    memberSince: localTime(user.createdAt),
    profile: { language: user.language ?? locale, timeZone, timeZones },
    venues: switchRows(switches),
    endpoints: endpoints.map(({ id, url, state, stateReason }) => {
      return { id, url, state, stateReason }
    }),
    scopes: USER_SCOPES,
    tokens: tokens.map((token) => tokenRow(token, localTime)),
    pushes: pushes.map((push) => pushView(push, endpoints, localTime)),
  }
}

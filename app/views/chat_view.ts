import type ChatPreference from '#models/chat_preference'
import type Watch from '#models/watch'
import type WechatFollower from '#models/wechat_follower'
import { venueLabel } from '#chat/messages/launch_entry'
import { LONGEST_FILTER } from '#chat/preferences/launch_filter'
import { PRESETS } from '#chat/preferences/presets'
import { clockText } from '#chat/preferences/quiet_hours'
import { choicesOf } from '#chat/preferences/switches'
import { switchName } from '#accounts/subscriptions'
import { addressView } from '#views/address_view'
import type { Viewer } from '#http/viewer'

interface Stored {
  preference: ChatPreference
  watches: readonly Watch[]
  /** Null: no follower of the official account is bound. */
  follower: WechatFollower | null
  hasOfficialAccount: boolean
}

/** What a user is told over chat apps, as the user center shows it. */
export function chatView(stored: Stored, { timeZone, localTime }: Viewer) {
  const { preference, watches, follower, hasOfficialAccount } = stored
  const { quietFrom, quietUntil, hasLinks, keepsAlive, tellsNearly, tellsAccount } = preference
  return {
    switches: choicesOf(preference).map(({ source, kind, choice }) => ({
      name: switchName({ source, kind }),
      source,
      kind,
      venue: venueLabel(source),
      isOn: choice !== false,
      filter: choice || '',
    })),
    longestFilter: LONGEST_FILTER,
    presets: PRESETS,
    quietFrom: quietFrom === null ? '' : clockText(quietFrom),
    quietUntil: quietUntil === null ? '' : clockText(quietUntil),
    timeZone,
    flags: { hasLinks, keepsAlive, tellsNearly, tellsAccount },
    watches: watches.map(({ address }) => addressView(address)),
    hasOfficialAccount,
    boundAt: follower?.boundAt ? localTime(follower.boundAt) : null,
  }
}

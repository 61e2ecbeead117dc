import type ChatPreference from '#models/chat_preference'
import type WechatFollower from '#models/wechat_follower'
import { chatSwitchName, type ChatKind, type ChatSwitch, type Choice } from '#chat/kinds/chat_kind'
import { LONGEST_FILTER } from '#chat/kinds/fact_filter'
import { chatKinds, chatSwitches, placeLabel } from '#chat/kinds/registry'
import { PRESETS } from '#chat/preferences/presets'
import { clockText } from '#chat/preferences/quiet_hours'
import { choicesOf } from '#chat/preferences/switches'
import type { Viewer } from '#http/viewer'

interface Stored {
  preference: ChatPreference
  /** What concerns the user. */
  kinds: readonly ChatKind[]
  /** How much is watched. */
  watched: number
  /** Null: no follower of the official account is bound. */
  follower: WechatFollower | null
  hasOfficialAccount: boolean
}

/** What a user is told over chat apps, as the user center shows it. */
export function chatView(stored: Stored, { timeZone, localTime }: Viewer) {
  const { preference, kinds, watched, follower, hasOfficialAccount } = stored
  const { quietFrom, quietUntil, hasLinks, keepsAlive, tellsNearly, tellsAccount } = preference
  return {
    groups: chatKinds.map((chatKind) => ({
      name: chatKind.name,
      isOpen: kinds.includes(chatKind),
      switches: choicesOf(preference, chatSwitches([chatKind])).map(switchView),
    })),
    longestFilter: LONGEST_FILTER,
    presets: PRESETS,
    quietFrom: quietFrom === null ? '' : clockText(quietFrom),
    quietUntil: quietUntil === null ? '' : clockText(quietUntil),
    timeZone,
    flags: { hasLinks, keepsAlive, tellsNearly, tellsAccount },
    watched,
    hasOfficialAccount,
    boundAt: follower?.boundAt ? localTime(follower.boundAt) : null,
  }
}

function switchView({ source, kind, choice }: ChatSwitch & { choice: Choice }) {
  return {
    name: chatSwitchName({ source, kind }),
    source,
    kind,
    venue: placeLabel(source),
    isOn: choice !== false,
    filter: choice || '',
  }
}

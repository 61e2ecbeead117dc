import type { PushHealthFigures } from '#health/figures'
import type { HealthFinding } from '#health/finding'
import { isAtWork } from '#health/processes'
import type { PushHealthSettings } from '#health/settings'

/** From which share on something is a finding. */
const SILENT_SHARE = 0.2
const UNREACHABLE_SHARE = 0.05
const THROTTLED_SHARE = 0.1
const UNKNOWN_SHARE = 0.01
const SWALLOWED_SHARE = 0.1

/** Of so few nothing can be said by a share. */
const FEW = 3

type Seen = Pick<PushHealthFigures, 'wechat' | 'processes'>

/** What is wrong with pushing over WeChat at `now` (epoch milliseconds). */
export function wechatTrouble(
  seen: Seen,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  if (!settings.isWechat || seen.wechat.bindings.active + seen.wechat.bindings.unreachable === 0) {
    return []
  }
  return [
    ...lowCoverage(seen, settings),
    ...silentPolls(seen, now),
    ...lostUsers(seen),
    ...refusals(seen),
    ...doubtful(seen),
  ]
}

function lowCoverage(
  { wechat: { coverage, due, told } }: Seen,
  { coverage: { degradedBelow, criticalBelow } }: PushHealthSettings
): HealthFinding[] {
  if (coverage === null || coverage >= degradedBelow) {
    return []
  }
  const level = coverage < criticalBelow ? 'critical' : 'degraded'
  return [{ name: 'wechat_coverage_low', level, coverage, due, missing: due - told }]
}

/** Without a process that polls, that is the finding. */
function silentPolls({ wechat: { bindings }, processes }: Seen, now: number): HealthFinding[] {
  const { silent, active } = bindings
  const isPolled = processes.some((state) => state.kind === 'send:wechat' && isAtWork(state, now))
  return isPolled && silent > active * SILENT_SHARE
    ? [{ name: 'wechat_poll_silent', level: 'critical', bindings: silent, active }]
    : []
}

/** One user has to scan again now and then; many at once are no accident. */
function lostUsers({ wechat: { bindings } }: Seen): HealthFinding[] {
  const { unreachable: users, active } = bindings
  return users > 0 && users >= (active + users) * UNREACHABLE_SHARE
    ? [{ name: 'wechat_unreachable', level: 'degraded', users, active }]
    : []
}

function refusals({ wechat: { bindings } }: Seen): HealthFinding[] {
  const { throttled, open, only_refused: refused } = bindings
  return [
    ...(throttled >= FEW && throttled >= open * THROTTLED_SHARE
      ? [{ name: 'wechat_throttled', level: 'degraded', bindings: throttled, open } as const]
      : []),
    ...(refused > 0
      ? [{ name: 'wechat_refused', level: 'degraded', bindings: refused } as const]
      : []),
  ]
}

/** What may have arrived, or was taken in a way that often means that it is not shown. */
function doubtful({ wechat: { jobs } }: Seen): HealthFinding[] {
  const answered = jobs.sent + jobs.in_digest + jobs.failed + jobs.unknown + jobs.unconfirmed
  const isMany = (count: number, share: number) => count >= FEW && count > answered * share
  return [
    ...(isMany(jobs.unknown, UNKNOWN_SHARE)
      ? [{ name: 'wechat_unknown', level: 'degraded', jobs: jobs.unknown, of: answered } as const]
      : []),
    ...(isMany(jobs.unconfirmed, SWALLOWED_SHARE)
      ? [
          {
            name: 'wechat_swallowed',
            level: 'degraded',
            jobs: jobs.unconfirmed,
            of: answered,
          } as const,
        ]
      : []),
  ]
}

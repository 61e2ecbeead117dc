import { durationText, optionalDuration, percentText } from '#foundation/text/figures'
import { isUp, lastSeen, type ProcessState } from '#health/processes'
import type { PushHealthReport } from '#health/report'
import type { Locale } from '#http/language'

/** How one figure of the report is shown: to the operator on a page, and in a terminal. */
interface PushFigure {
  tile?(report: PushHealthReport, locale: Locale): Tile
  lines(report: PushHealthReport): Line[]
}

/** `value` is null while there is none. The hint below it is there when its values are. */
interface Tile {
  value: string | null
  hint?: Record<string, string | number> | null
  link?: string
}

type Line = [name: string, value: string | number]

/**
 * Every figure that is shown, in this order. The words of a tile are `health.tiles.NAME`, and
 * `health.tiles.NAMEHint` below its value.
 */
const figures: Record<string, PushFigure> = {
  coverage: {
    tile: ({ coverage }, locale) => ({
      value: coverage.coverage === null ? null : percentText(coverage.coverage, locale),
      hint: { sent: coverage.sent, due: coverage.due },
    }),
    lines: ({ coverage }) => [
      ['due', coverage.due],
      ['sent', coverage.sent],
      ...coverage.by_launch.map((launch): Line => [
        `${launch.source} ${launch.kind}`,
        `${launch.launches} launches, ${launch.eligible_users} eligible users, ` +
          `${launch.sent} of ${launch.due} sent` +
          (launch.coverage === null ? '' : ` (${percentText(launch.coverage)})`),
      ]),
    ],
  },
  perMinute: {
    tile: ({ pace }, locale) => ({ value: pace.per_minute.toLocaleString(locale) }),
    lines: ({ pace }) => [['a minute', pace.per_minute]],
  },
  way: {
    tile: ({ pace: { p50_ms: p50, p95_ms: p95 } }) => ({
      value: p50 === null ? null : [p50, p95].map(optionalDuration).join(' / '),
      hint: {},
    }),
    lines: ({ pace: { p50_ms: p50, p95_ms: p95 } }) => [
      [
        'planned to accepted',
        `p50 ${optionalDuration(p50) ?? '-'}, p95 ${optionalDuration(p95) ?? '-'}`,
      ],
    ],
  },
  unplanned: {
    tile: ({ outbox, checked_at: now }, locale) => ({
      value: outbox.facts.toLocaleString(locale),
      hint: outbox.oldest_at === null ? null : { time: durationText(now - outbox.oldest_at) },
    }),
    lines: ({ outbox, checked_at: now }) => [
      ['not planned yet', waitText(`${outbox.facts}`, outbox.oldest_at, now)],
    ],
  },
  oldest: {
    tile: ({ backlog, checked_at: now }) => ({
      value: backlog.oldest_new_at === null ? null : durationText(now - backlog.oldest_new_at),
      hint: { count: backlog.new + backlog.sending },
    }),
    lines: ({ backlog, checked_at: now }) => [
      ['waiting', waitText(`${backlog.new} new`, backlog.oldest_new_at, now)],
    ],
  },
  retries: {
    tile: ({ backlog }, locale) => ({
      value: backlog.tried.toLocaleString(locale),
      hint: { count: backlog.replayed },
    }),
    lines: ({ backlog }) => [
      ['to be tried again', backlog.tried],
      ['replayed', backlog.replayed],
    ],
  },
  undelivered: {
    lines: ({ undelivered }) => Object.entries(undelivered),
  },
  endpoints: {
    tile: ({ endpoints: { active, failing, disabled } }, locale) => ({
      value: active.toLocaleString(locale),
      hint: { active, failing, disabled },
      link: '/operator/webhooks',
    }),
    lines: ({ endpoints: { active, failing, disabled } }) => [
      ['endpoints', `${active} active, ${failing} of them failing, ${disabled} disabled`],
    ],
  },
  wechat: {
    tile: ({ wechat: { coverage, told, due, reach_within_30_min: reach } }, locale) => ({
      value: coverage === null ? null : percentText(coverage, locale),
      hint: { told, due, reach: reach === null ? '–' : percentText(reach, locale) },
    }),
    lines: ({ wechat: { jobs, due, told, coverage, held } }) => [
      ['WeChat', `${told} of ${due} told${coverage === null ? '' : ` (${percentText(coverage)})`}`],
      ...Object.entries(jobs).map(([fate, count]): Line => [`WeChat ${fate}`, count]),
      ...held.map(({ reason, bindings, jobs: count }): Line => [
        `WeChat held now`,
        `${reason}: ${count} for ${bindings} users`,
      ]),
    ],
  },
  bindings: {
    tile: ({ wechat: { bindings } }, locale) => ({
      value: bindings.active.toLocaleString(locale),
      hint: { ...bindings },
    }),
    lines: ({ wechat: { bindings: b } }) => [
      [
        'WeChat bindings',
        `${b.active} active, ${b.open} open, ${b.silent} silent, ${b.throttled} refused within an hour, ` +
          `${b.awaiting_first_message} not written to yet, ${b.unreachable} to be scanned again`,
      ],
    ],
  },
  telegram: {
    tile: ({ telegram: { active, closed }, ways }, locale) => {
      const way = ways.find((one) => one.way === 'telegram')
      return {
        value: active.toLocaleString(locale),
        hint: { closed, sent: way?.sent ?? 0, waiting: way?.waiting ?? 0 },
      }
    },
    lines: ({ telegram: { active, closed, trouble } }) => [
      [
        'Telegram',
        `${active} chats, ${closed} closed within a day, ${trouble ?? 'polled without trouble'}`,
      ],
    ],
  },
  ways: {
    lines: ({ ways }) =>
      ways.map(({ way, targets, sent, waiting, held, failed }): Line => [
        `over ${way}`,
        `${sent} sent, ${waiting} waiting, ${held} held, ${failed} failed, ${targets} targets`,
      ]),
  },
  backup: {
    lines: ({ backup, checked_at: now }) => [
      ['newest backup', backup ? `${durationText(now - backup.made_at)} ago` : 'none'],
    ],
  },
  chains: {
    lines: ({ collectors, checked_at: now }) =>
      collectors.chains.map((chain): Line => [
        `chain ${chain.chain_id}`,
        `block ${chain.block_number}, ${chain.blocks_behind} behind, read ${durationText(now - chain.read_at)} ago`,
      ]),
  },
  processes: {
    lines: ({ processes, checked_at: now }) =>
      processes.map((process): Line => [process.kind, processText(process, now)]),
  },
  collecting: {
    lines: ({ collectors: { gaps, quarantined_logs: quarantined } }) => [
      ['open gaps', `${gaps.open} (${gaps.blocks} blocks)`],
      ['undecodable logs', quarantined],
    ],
  },
  alerts: {
    lines: ({ open_alerts: alerts }) => [['open alerts', alerts]],
  },
}

/** The tiles on top of the operator's page, with values as people of the locale write them. */
export function pushTiles(report: PushHealthReport, locale: Locale) {
  return Object.entries(figures).flatMap(([name, { tile }]) =>
    tile ? [{ name, ...tile(report, locale) }] : []
  )
}

/** The lines of a terminal: a name and what it is. */
export function pushLines(report: PushHealthReport): Line[] {
  return Object.values(figures).flatMap(({ lines }) => lines(report))
}

function waitText(what: string, oldestAt: number | null, now: number): string {
  return oldestAt === null ? what : `${what}, the oldest for ${durationText(now - oldestAt)}`
}

function processText(process: ProcessState, now: number): string {
  const { host, pid, version, started_at: startedAt } = process
  const where = `${host}, pid ${pid}, version ${version}`
  if (isUp(process, now)) {
    return `up for ${durationText(now - startedAt)} (${where})`
  }
  const since = durationText(now - lastSeen(process))
  return process.ended_at === null
    ? `died ${since} ago (${where})`
    : `ended ${since} ago (${where})`
}

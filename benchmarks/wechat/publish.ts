import { median } from '#benchmarks/support/measure'
import type { Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'
import { reportTargets } from '#benchmarks/support/targets'

/** What was measured one after the other. */
export interface Turn {
  /** Planning alone, with bindings and without. */
  plan: Measured
  planAlone: Measured
  /** Sending webhooks that are planned, beside `send:wechat` and without any binding. */
  webhooks: Measured
  webhooksAlone: Measured
  /** `send:wechat`, and a program that polls and answers and stores nothing. */
  polls: Measured
  bare: Measured
}

/** Launches in a second for which planning is measured: ten times those of the busiest minute of BSC. */
const BUSY_PER_S = 5

/** Prints medians; `planner_share` and `poll_cpu` are shares of a core's time. */
export function publish(turns: readonly Turn[], bindings: number) {
  const middle = (figure: (turn: Turn) => number) => median(turns.map(figure))
  const perSecond = ({ jobs, wallMs }: Measured) => (jobs! / wallMs) * 1000
  const perCpuSecond = ({ jobs, cpuMs }: Measured) => (jobs! / cpuMs) * 1000
  const planned = ({ facts, cpuMs }: Measured) => (facts! / cpuMs) * 1000

  const share = middle(({ plan }) => BUSY_PER_S / planned(plan))
  const beside = middle((turn) => perSecond(turn.webhooks) / perSecond(turn.webhooksAlone))
  const idle = middle(({ polls }) => polls.idleCpuShare!)
  const answered = middle(({ polls }) => polls.p99Ms!)

  const of = (cells: Partial<Record<Column, string>>) => ({ ...EMPTY, ...cells })
  const ofPlanning = (name: 'plan' | 'planAlone') =>
    of({ 'planned/CPU s': middle((turn) => planned(turn[name])).toFixed(0) })
  const ofSending = (name: 'webhooks' | 'webhooksAlone') =>
    of({
      'webhooks/s': middle((turn) => perSecond(turn[name])).toFixed(0),
      'webhooks/CPU s': middle((turn) => perCpuSecond(turn[name])).toFixed(0),
    })
  const ofPolling = (name: 'polls' | 'bare') =>
    of({
      'idle, of a core': percent(middle((turn) => turn[name].idleCpuShare!)),
      'reply p50': inMs(middle((turn) => turn[name].p50Ms!)),
      'reply p99': inMs(middle((turn) => turn[name].p99Ms!)),
      'CPU/reply': `${middle((turn) => turn[name].answerCpuMs!).toFixed(1)} ms`,
    })

  report(
    {
      bench: 'wechat',
      ratios: {
        webhooks_beside: round(beside),
        webhooks_beside_per_cpu: round(
          middle((turn) => perCpuSecond(turn.webhooks) / perCpuSecond(turn.webhooksAlone))
        ),
      },
      figures: {
        bindings,
        planner_share: round(share, 4),
        planner_share_alone: round(
          middle(({ planAlone }) => BUSY_PER_S / planned(planAlone)),
          4
        ),
        poll_cpu: round(idle, 3),
        bare_poll_cpu: round(
          middle(({ bare }) => bare.idleCpuShare!),
          3
        ),
        reply_p50_ms: round(
          middle(({ polls }) => polls.p50Ms!),
          1
        ),
        reply_p99_ms: round(answered, 1),
        bare_reply_p99_ms: round(
          middle(({ bare }) => bare.p99Ms!),
          1
        ),
        reply_cpu_ms: round(
          middle(({ polls }) => polls.answerCpuMs!),
          1
        ),
        peak_mb: round(
          middle(({ polls }) => polls.peakMb),
          0
        ),
      },
      runs: turns.length,
    },
    [
      [`planning for ${bindings} bindings`, ofPlanning('plan')],
      ['planning for webhooks alone', ofPlanning('planAlone')],
      [`webhooks beside ${bindings} bindings`, ofSending('webhooks')],
      ['webhooks alone', ofSending('webhooksAlone')],
      ['send:wechat', ofPolling('polls')],
      ['polls and answers, nothing stored', ofPolling('bare')],
    ]
  )
  reportTargets([
    { name: `planning, at ${BUSY_PER_S} launches/s`, value: share, atMost: 0.1, show: percent },
    { name: 'webhooks beside ÷ alone', value: beside, atLeast: 0.95, show: (it) => it.toFixed(2) },
    { name: `polling ${bindings} silent users`, value: idle, atMost: 0.1, show: percent },
    { name: 'reply p99', value: answered, atMost: 1000, show: inMs },
  ])
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function inMs(ms: number): string {
  return `${ms.toFixed(0)} ms`
}

const EMPTY = {
  'planned/CPU s': '',
  'webhooks/s': '',
  'webhooks/CPU s': '',
  'idle, of a core': '',
  'reply p50': '',
  'reply p99': '',
  'CPU/reply': '',
}

type Column = keyof typeof EMPTY

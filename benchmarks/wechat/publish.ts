import { median } from '#benchmarks/support/measure'
import type { Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'

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
  const rate = ({ jobs, wallMs }: Measured) => (jobs! / wallMs) * 1000
  const perCpu = ({ jobs, cpuMs }: Measured) => (jobs! / cpuMs) * 1000
  const figures = {
    bindings,
    planner_share: round(
      middle(({ plan }) => planningShare(plan)),
      4
    ),
    planner_share_alone: round(
      middle(({ planAlone }) => planningShare(planAlone)),
      4
    ),
    poll_cpu: round(
      middle(({ polls }) => polls.idleCpuShare!),
      3
    ),
    bare_poll_cpu: round(
      middle(({ bare }) => bare.idleCpuShare!),
      3
    ),
    reply_p50_ms: round(
      middle(({ polls }) => polls.p50Ms!),
      1
    ),
    reply_p99_ms: round(
      middle(({ polls }) => polls.p99Ms!),
      1
    ),
    bare_reply_p99_ms: round(
      middle(({ bare }) => bare.p99Ms!),
      1
    ),
    reply_cpu_ms: round(
      middle(({ polls }) => polls.answerCpuMs!),
      1
    ),
  }
  const cells = (values: Partial<Record<Column, string>>) => ({ ...EMPTY, ...values })
  const ofSending = (name: 'webhooks' | 'webhooksAlone') =>
    cells({
      'webhooks/s': middle((turn) => rate(turn[name])).toFixed(0),
      'webhooks/CPU s': middle((turn) => perCpu(turn[name])).toFixed(0),
    })
  const ofPlanning = (name: 'plan' | 'planAlone') =>
    cells({ 'planned/CPU s': middle(({ [name]: it }) => (it.facts! / it.cpuMs) * 1000).toFixed(0) })
  const ofPolling = (name: 'polls' | 'bare') =>
    cells({
      'idle, of a core': `${(100 * middle((turn) => turn[name].idleCpuShare!)).toFixed(1)} %`,
      'reply p50': `${middle((turn) => turn[name].p50Ms!).toFixed(0)} ms`,
      'reply p99': `${middle((turn) => turn[name].p99Ms!).toFixed(0)} ms`,
    })

  report(
    {
      bench: 'wechat',
      ratios: {
        webhooks_beside: round(middle((turn) => rate(turn.webhooks) / rate(turn.webhooksAlone))),
        webhooks_beside_per_cpu: round(
          middle((turn) => perCpu(turn.webhooks) / perCpu(turn.webhooksAlone))
        ),
      },
      figures,
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
}

/** The share of a second that planning takes when so many launches come in it. */
function planningShare({ cpuMs, facts }: Measured): number {
  return ((cpuMs / facts!) * BUSY_PER_S) / 1000
}

const EMPTY = {
  'planned/CPU s': '',
  'webhooks/s': '',
  'webhooks/CPU s': '',
  'idle, of a core': '',
  'reply p50': '',
  'reply p99': '',
}

type Column = keyof typeof EMPTY

import { median } from '#benchmarks/support/measure'
import type { Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'
import type { Contest } from '#benchmarks/deliver/contest'

/** @param figures what was measured beside the contest */
export function publish(contest: Contest, figures: Record<string, number>, runs: number) {
  const middle = (name: keyof Contest, figure: (run: Measured) => number) =>
    median(contest[name].map(figure))
  const rate = (name: keyof Contest) => middle(name, ({ jobs, wallMs }) => (jobs! / wallMs) * 1000)
  const perCpu = (name: keyof Contest) => middle(name, ({ jobs, cpuMs }) => (jobs! / cpuMs) * 1000)
  const hasRedis = contest.bullmq_fetch.length > 0
  if (!hasRedis) {
    process.stderr.write(
      'Not compared with BullMQ: redis-server or the package ioredis is missing\n'
    )
  }

  report(
    {
      bench: 'deliver',
      ratios: {
        undici_dispatch: round(rate('regou') / rate('undici_dispatch')),
        ...(hasRedis && {
          bullmq_fetch: round(rate('regou') / rate('bullmq_fetch')),
          bullmq_queue_alone: round(rate('regou') / rate('bullmq_fetch, queue alone')),
        }),
        graphile_undici: round(rate('regou') / rate('graphile_undici')),
        graphile_queue_alone: round(rate('regou') / rate('graphile_undici, queue alone')),
        graphile_undici_on_pg: round(rate('regou on PostgreSQL') / rate('graphile_undici')),
      },
      figures: {
        jobs_per_s: round(rate('regou'), 0),
        jobs_per_cpu_s: round(perCpu('regou'), 0),
        normal_jobs_per_s: round(rate('regou, synchronous NORMAL'), 0),
        pg_jobs_per_s: round(rate('regou on PostgreSQL'), 0),
        ...figures,
      },
      runs,
    },
    (Object.keys(contest) as (keyof Contest)[])
      .filter((name) => contest[name].length > 0)
      .map((name) => [
        name,
        {
          'jobs/s': rate(name).toFixed(0),
          'jobs/CPU s': perCpu(name).toFixed(0),
          'peak MB': middle(name, ({ peakMb }) => peakMb).toFixed(0),
        },
      ])
  )
}

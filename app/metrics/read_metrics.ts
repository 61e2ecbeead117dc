import type { Metric } from 'prom-client'
import type { Clock } from '#foundation/clock'
import { addBusinessMetrics } from '#metrics/business_metrics'
import { addCollectorMetrics } from '#metrics/collector_metrics'
import { addDeliveryMetrics } from '#metrics/delivery_metrics'
import { addHealthMetrics } from '#metrics/health_metrics'
import { MetricSet, type MetricFormat } from '#metrics/metric_set'
import { addProcessMetrics } from '#metrics/process_metrics'

interface Reading {
  format: MetricFormat
  version: string
  clock: Clock
  /** After how long a process without progress is stuck, in milliseconds. */
  stuckMs: number
  /** What the process that answers counts itself. */
  own: readonly Metric[]
}

/** All figures of Regou at this moment, one room after the other, as text. */
export async function readMetrics({ format, version, clock, stuckMs, own }: Reading) {
  const set = new MetricSet(format)
  set.gauge('regou_build_info', 'Always 1.', [[{ version }, 1]])
  await addProcessMetrics(set, clock.now(), stuckMs)
  await addCollectorMetrics(set, clock.now())
  await addDeliveryMetrics(set, clock.now())
  await addBusinessMetrics(set, clock)
  await addHealthMetrics(set, clock.now())
  set.add(own)
  return set.text()
}

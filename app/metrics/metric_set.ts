import {
  Counter,
  Gauge,
  openMetricsContentType,
  Registry,
  type Metric,
  type RegistryContentType,
} from 'prom-client'

/** How metrics are written: as Prometheus has always read them, or as OpenMetrics. */
export type MetricFormat = 'prometheus' | 'openmetrics'

/** The labels of one figure, such as `{ chain_id: '56' }`, and the figure; null: there is none now. */
type Sample = readonly [labels: Record<string, string>, value: number | null]

/**
 * The figures of one scrape. They are read from the database when they are asked for, so that each
 * process that answers tells of all: nothing is kept between two scrapes.
 */
export class MetricSet {
  readonly #registry: Registry<RegistryContentType>

  constructor(format: MetricFormat) {
    this.#registry = new Registry<RegistryContentType>()
    if (format === 'openmetrics') this.#registry.setContentType(openMetricsContentType)
  }

  /** Figures that go up and down. Names end with a unit: `_seconds`, `_bytes`, `_ratio`. */
  gauge(name: string, help: string, samples: readonly Sample[]) {
    const gauge = new Gauge({ name, help, labelNames: labelsOf(samples), registers: [] })
    for (const [labels, value] of samples) if (value !== null) gauge.set(labels, value)
    this.#registry.registerMetric(gauge)
  }

  /** Sums that only grow. Names end with `_total`. */
  counter(name: string, help: string, samples: readonly Sample[]) {
    const counter = new Counter({ name, help, labelNames: labelsOf(samples), registers: [] })
    for (const [labels, value] of samples) if (value !== null) counter.inc(labels, value)
    this.#registry.registerMetric(counter)
  }

  /** Metrics that this process counts itself. */
  add(metrics: readonly Metric[]) {
    for (const metric of metrics) this.#registry.registerMetric(metric)
  }

  async text(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() }
  }
}

function labelsOf(samples: readonly Sample[]): string[] {
  return [...new Set(samples.flatMap(([labels]) => Object.keys(labels)))]
}

import { PushHealthCheckSchema } from '#database/schema'

/** From the best to the worst. */
export const HEALTH_LEVELS = ['ok', 'degraded', 'critical'] as const

export type HealthLevel = (typeof HEALTH_LEVELS)[number]

/** How well pushing went when it was looked at. Times are epoch milliseconds. */
export default class PushHealthCheck extends PushHealthCheckSchema {
  declare level: HealthLevel
}

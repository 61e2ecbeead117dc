import { performance } from 'node:perf_hooks'

/** What a process uses. */
export interface ProcessFigures {
  rss_bytes: number
  /** Processor time since its start, in seconds. */
  cpu_seconds: number
  /** Share of the time since the last look in which the event loop was busy, from 0 to 1. */
  loop_busy: number
}

/** Looks at this process, each time at the time since the look before. */
export class OwnFigures {
  #before = performance.eventLoopUtilization()

  read(): ProcessFigures {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, this.#before)
    this.#before = now
    const { user, system } = process.cpuUsage()
    return {
      rss_bytes: process.memoryUsage.rss(),
      cpu_seconds: (user + system) / 1e6,
      loop_busy: Math.round(utilization * 1000) / 1000,
    }
  }
}

import type { TestContext } from '@japa/runner/core'
import { RunningProcess } from '#tests/support/processes'

/** Starts the demo of this folder. */
export function startDemo(test: TestContext['test'], port: number) {
  return new RunningProcess(test, ['ace.js', 'demo'], { PORT: String(port) })
}

/** The process ids that a demo has named, newest last. */
export function pidsOf(demo: RunningProcess, name = '\\w+') {
  const started = new RegExp(`^${name} +\\| started, pid (\\d+)`, 'gm')
  return [...demo.output.matchAll(started)].map(([, pid]) => Number(pid))
}

import type { TestContext } from '@japa/runner/core'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'

/** Runs commands of Regou, each in a process of its own, to its end. */
export function commandLine(test: TestContext['test'], env: NodeJS.ProcessEnv = {}) {
  const ace = async (...args: string[]) => {
    const command = new RunningProcess(test, [...ACE, ...args], { LOG_LEVEL: 'warn', ...env })
    const code = await command.ended
    return { code, stdout: command.stdout, stderr: command.stderr.join('\n') }
  }
  /** What a command answers to `--json`. */
  const json = async (...args: string[]) => {
    const { stdout } = await ace(...args, '--json')
    return JSON.parse(stdout.join())
  }
  return { ace, json }
}

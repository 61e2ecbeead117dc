import { stripVTControlCharacters } from 'node:util'
import ace from '@adonisjs/core/services/ace'
import { equipKernel } from '../../bin/kernel/equip_kernel.js'

let isEquipped = false

/**
 * Runs a command of Regou inside the test, as bin/console.ts does in a process of its own, and
 * answers what it printed and its exit code. One at a time: what is printed meanwhile is the
 * command's. For commands that end by themselves.
 */
export async function runCommand(name: string, ...args: string[]) {
  const printed = capture()
  const exitCodeBefore = process.exitCode
  const code = await exitCodeOf(name, args).finally(() => {
    printed.end()
    // A command sets the exit code of its process, which here is the one of the tests.
    process.exitCode = exitCodeBefore
  })
  return { code, stdout: linesOf(printed.stdout), stderr: linesOf(printed.stderr).join('\n') }
}

/** What a command answers to `--json`, below `data`. */
export async function commandJson(name: string, ...args: string[]) {
  const { stdout } = await runCommand(name, ...args, '--json')
  return JSON.parse(stdout.join()).data
}

/** Ace with the manners that it has in the console. */
export function consoleAce() {
  if (!isEquipped) equipKernel(ace, [])
  isEquipped = true
  return ace
}

async function exitCodeOf(name: string, args: string[]): Promise<number | undefined> {
  consoleAce()
  try {
    const { exitCode } = await ace.exec(name, args)
    return exitCode
  } catch (error) {
    // The words did not fit the command, so it was not made.
    await ace.errorHandler.render(error, ace)
    return 1
  }
}

/** Keeps what is written to stdout and stderr, which are no terminals meanwhile. */
function capture() {
  const kept = { stdout: '', stderr: '' }
  const restores = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name]
    const { write, isTTY } = stream
    const keep = (text: string | Uint8Array) => {
      kept[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
      return true
    }
    Object.assign(stream, { write: keep, isTTY: false })
    return () => Object.assign(stream, { write, isTTY })
  })
  return Object.assign(kept, { end: () => restores.forEach((restore) => restore()) })
}

function linesOf(text: string): string[] {
  return stripVTControlCharacters(text).split('\n').filter(Boolean)
}

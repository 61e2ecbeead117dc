import { inspect, stripVTControlCharacters } from 'node:util'
import {
  explainForeignDatabase,
  explainMissingTables,
  explainUnusableDatabase,
} from '#foundation/db/explain_database'
import { printError } from '#foundation/cli/print'
import { isExpected } from '#foundation/errors'
import { harmless } from '#foundation/text/harmless'
import { redact } from '#foundation/text/redact'

/** What went wrong, on stderr: plain words for what the operator can mend, a full report for the rest. */
export async function explain(error: unknown) {
  const seen = await explainForeignDatabase(error)
  const explained = explainUnusableDatabase(explainMissingTables(seen))
  const words = inPlainWords(explained as NodeJS.ErrnoException)
  if (words === null) process.stderr.write(`${redact(await report(error))}\n`)
  else printError(words)
}

/** Explains the error and ends the process with exit code 1. */
export async function explainAndExit(error: unknown) {
  await explain(error)
  process.exit(1)
}

/**
 * Explains what no code has caught and ends the process with exit code 1, as Node.js does. Node.js
 * would print the error as it is, with what a URL in it holds.
 */
export function explainWhatIsUncaught() {
  // Who reads what a command prints may have had enough, as `head` has.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const end = (thrown: unknown) =>
    void explainAndExit(thrown instanceof Error ? thrown : new Error(inspect(thrown)))
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

/** The error with the code around each place, in colour on a terminal. */
async function report(error: unknown): Promise<string> {
  try {
    const { Youch } = await import('youch')
    const coloured = await new Youch().toANSI(error)
    return process.stderr.isTTY ? coloured : harmless(stripVTControlCharacters(coloured))
  } catch {
    return (error as Error).stack ?? String(error)
  }
}

function inPlainWords(error: NodeJS.ErrnoException): string | null {
  // Known by its name: the sources are not loaded for a command that reads no logs.
  if (isExpected(error) || error.name === 'InvalidSourceError') {
    return error.message
  }

  if (error.code === 'E_INVALID_ENV_VARIABLES') {
    const { help } = error as unknown as { help: string }
    return `The environment is not usable, so nothing was started:\n${help}`
  }

  // A value that begins with file: stands for what that file holds.
  const [, setting] = /^Cannot process "(\w+)" env variable/.exec(error.message) ?? []
  if (setting) {
    return `${setting} names a file that is not there. Example: ${setting}=file:./secrets/${setting.toLowerCase()}`
  }

  if (error.code === 'EADDRINUSE') {
    const { port } = error as unknown as { port: number }
    return `Port ${port} is already in use. Stop what listens there, or choose another: PORT=${port + 1}`
  }
  return null
}

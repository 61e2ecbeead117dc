import { prettyPrintError } from '@adonisjs/core'
import { explainMissingTables } from '#foundation/missing_tables'
import { OperatorError } from '#foundation/operator_error'
import { InvalidSourceError } from '#sources/declare_source'

/** What went wrong, on stderr: plain words for what the operator can mend, a full report for the rest. */
export async function explain(error: unknown) {
  const words = inPlainWords(explainMissingTables(error) as NodeJS.ErrnoException)
  if (words) {
    process.stderr.write(`${words}\n`)
    return
  }
  await prettyPrintError(error)
}

/** Explains the error and ends the process with exit code 1. */
export async function explainAndExit(error: unknown) {
  await explain(error)
  process.exit(1)
}

function inPlainWords(error: NodeJS.ErrnoException): string | null {
  if (error instanceof OperatorError || error instanceof InvalidSourceError) {
    return error.message
  }

  if (error.code === 'E_INVALID_ENV_VARIABLES') {
    const { help } = error as unknown as { help: string }
    return `The environment is not usable, so nothing was started:\n${help}`
  }

  if (error.code === 'EADDRINUSE') {
    const { port } = error as unknown as { port: number }
    return `Port ${port} is already in use. Stop what listens there, or choose another: PORT=${port + 1}`
  }
  return null
}

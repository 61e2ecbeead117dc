import { painted } from '#foundation/cli/terminal'
import { harmless } from '#foundation/text/harmless'
import { redact } from '#foundation/text/redact'

/** Prints what a command was asked for, on stdout. Control characters in it do nothing to the terminal. */
export function print(text: string) {
  process.stdout.write(harmless(text))
}

/** Prints what a command has to say beside that, on stderr. */
export function printAside(text: string) {
  process.stderr.write(harmless(text))
}

/** Prints why a command was refused or failed, on stderr: the one look of all errors. */
export function printError(text: string) {
  process.stderr.write(`${painted('red', harmless(redact(text)), process.stderr)}\n`)
}

import { harmless } from '#foundation/text/harmless'

/** Prints what a command was asked for, on stdout. Words of strangers in it act on no terminal. */
export function print(text: string) {
  process.stdout.write(harmless(text))
}

/** Prints what a command has to say beside that, on stderr. */
export function printAside(text: string) {
  process.stderr.write(harmless(text))
}

// Plain JavaScript without packages: it runs before there are any.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node.js'

/** Turns `help demo` into `demo --help`, and `help` alone into the list of commands, as Ace says it. */
export function rewriteHelp(argv) {
  const [, , first, command] = argv
  if (first !== 'help') return
  argv.splice(2, argv.length, ...(command ? [command, '--help'] : ['list']))
}

/** Regou's version. */
export function version() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}

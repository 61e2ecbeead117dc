import { ownCommandFile } from './own_commands.js'

/** What a terminal and a shell say of themselves; nothing of it is a setting of Regou. */
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TERM', 'COLORTERM', 'COLUMNS'].concat([
  'NO_COLOR',
  'FORCE_COLOR',
  'NODE_OPTIONS',
  'NODE_V8_COVERAGE',
])

/** They print what commands there are. */
const LISTS = ['list', 'completion']

/** Whether a command line asks for words alone: help, a list, or a command that there is not. */
export async function asksForWords(argv: readonly string[]): Promise<boolean> {
  const name = argv.find((word) => !word.startsWith('-'))
  if (name === undefined || LISTS.includes(name) || asksForHelp(argv)) return true
  return !ownCommandFile(name) && !(await isOfFramework(name))
}

export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  return words.includes('--help') || words.includes('-h')
}

/**
 * Takes the settings out of the environment: what is only to print words needs none, and must not fail
 * where they are wrong, or not made yet.
 */
export function forgetSettings() {
  for (const name of Object.keys(process.env)) {
    if (!KEPT.includes(name)) delete process.env[name]
  }
  process.env.NODE_ENV = 'production'
  // Without a file of settings.
  process.env.ENV_PATH = import.meta.dirname
  process.env.APP_KEY = 'only-to-print-words-0123456789abcdef'
}

async function isOfFramework(name: string): Promise<boolean> {
  const lists = await Promise.all([
    import('@adonisjs/core/commands'),
    import('@adonisjs/lucid/commands'),
  ])
  const known = await Promise.all(lists.map((list) => list.getMetaData()))
  return known.flat().some(({ commandName }) => commandName === name)
}

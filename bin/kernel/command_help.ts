import type { CommandMetaData } from '@adonisjs/core/types/ace'
import { padTo, painted, textWidth, wrapped } from '#foundation/cli/terminal'

const INDENT = '  '

/** What `--help` prints of a command. */
export function commandHelp(command: CommandMetaData): string {
  const width = textWidth()
  const usage = ['node ace', command.commandName]
    .concat(command.flags.length > 0 ? '[options]' : [])
    .concat(command.args.map(argumentText))
  const rows = [
    ...command.args.map((arg) => [argumentText(arg), arg.description ?? ''] as const),
    ...command.flags.map((flag) => [flagText(flag), flagNote(flag)] as const),
  ]
  const parts = [
    wrapped(command.description, width),
    [painted('bold', 'Usage'), `${INDENT}${usage.join(' ')}`],
    ...(rows.length > 0 ? [[painted('bold', 'Options'), ...columns(rows, width)]] : []),
    ...helpParts(command, width),
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** Two columns, the second broken within itself. */
export function columns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const first = Math.max(...rows.map(([name]) => name.length)) + INDENT.length
  return rows.flatMap(([name, text]) => {
    const lines = wrapped(text, Math.max(20, width - first - INDENT.length))
    const [head = '', ...rest] = lines
    return [
      `${INDENT}${painted('cyan', padTo(first, name))}${head}`.trimEnd(),
      ...rest.map((line) => `${INDENT}${' '.repeat(first)}${line}`),
    ]
  })
}

function argumentText({ argumentName, required, type }: CommandMetaData['args'][number]): string {
  const name = `<${argumentName}${type === 'spread' ? '…' : ''}>`
  return required ? name : `[${name}]`
}

function flagText({ flagName, type, alias = [] }: CommandMetaData['flags'][number]): string {
  const short = [alias].flat().map((letter) => `-${letter}, `)
  return `${short.join('')}--${flagName}${type === 'boolean' ? '' : '=…'}`
}

function flagNote({
  description = '',
  default: standard,
  required,
}: CommandMetaData['flags'][number]) {
  const notes = [
    ...(required ? ['[required]'] : []),
    ...(standard === undefined ? [] : [`[default: ${standard}]`]),
  ]
  return [description, ...notes].join(' ')
}

/** Its text in paragraphs, and its examples as they are, so that they can be copied. */
function helpParts({ help = [] }: CommandMetaData, width: number): string[][] {
  const parts: string[][] = []
  let paragraph: string[] = []
  let example: string[] | null = null
  const endParagraph = () => {
    if (paragraph.length > 0) parts.push(wrapped(paragraph.join(' '), width))
    paragraph = []
  }

  for (const line of [help].flat()) {
    if (line.startsWith('```')) {
      endParagraph()
      if (example) parts.push(example)
      example = example ? null : []
    } else if (example) {
      example.push(`${INDENT}${line.replaceAll('{{ binaryName }}', 'node ace')}`)
    } else {
      if (line === '' || line.startsWith('Exit codes:')) endParagraph()
      paragraph.push(line.replaceAll('{{ binaryName }}', 'node ace'))
    }
  }
  endParagraph()
  return parts
}

import { styleText } from 'node:util'

/** Who speaks, in the colour of its prefix. */
const COLOURS = {
  demo: 'white',
  data: 'gray',
  chain: 'yellow',
  market: 'magenta',
  scanner: 'cyan',
  sender: 'blue',
  receiver: 'green',
  payments: 'greenBright',
  wechat: 'cyanBright',
  telegram: 'blueBright',
  tron: 'redBright',
  okx: 'yellowBright',
  orders: 'blueBright',
  verify: 'magentaBright',
  web: 'gray',
} as const

export type Speaker = keyof typeof COLOURS

const WIDTH = 8

/** Prints a line with its speaker in front. Colours only on a terminal, never with NO_COLOR. */
export function say(speaker: Speaker, text: string) {
  const label = speaker.padEnd(WIDTH)
  process.stdout.write(`${styleText(COLOURS[speaker], `${label} |`)} ${text}\n`)
}

/** Prints lines that must not be overlooked. */
export function announce(...lines: string[]) {
  say('demo', '')
  for (const line of lines) say('demo', styleText('bold', line))
  say('demo', '')
}

const NOISE = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'err'])

/** pino's numbers for the levels worth a word. */
const LEVELS: Record<number, string> = { 40: 'warning: ', 50: 'error: ', 60: 'fatal: ' }

/** A line of a process as people read it: JSON logs become their message with what belongs to it. */
export function readable(line: string): string {
  const entry = parse(line)
  if (!entry) return line

  const details = Object.entries(entry)
    .filter(([key]) => !NOISE.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
  const fault = entry.err as { message?: string } | undefined

  return [`${LEVELS[entry.level] ?? ''}${entry.msg ?? ''}`, ...details, fault?.message]
    .filter(Boolean)
    .join('  ')
}

function parse(line: string): { level: number; [field: string]: unknown } | null {
  if (!line.startsWith('{"level":')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

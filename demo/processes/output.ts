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

import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'

/** One line of the Dockerfile: `{ name: 'USER', text: '10001:10001' }`. */
export interface Instruction {
  name: string
  text: string
}

/** What the Dockerfile says, by stage: each begins with its FROM. */
export async function readDockerfile(): Promise<Instruction[][]> {
  const text = await readFile(app.makePath('Dockerfile'), 'utf8')
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
  const instructions = lines.filter(Boolean).map((line) => {
    const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line)!
    return { name: name!, text: rest!.trim() }
  })
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []))
  return starts.map((start, index) => instructions.slice(start, starts[index + 1]))
}

/** What the image is started with: its last stage's variables and commands. */
export async function readImage() {
  const stages = await readDockerfile()
  const stage = stages.at(-1)!
  const textOf = (name: string) => stage.findLast((one) => one.name === name)?.text ?? ''
  const variables = [...textOf('ENV').matchAll(/(\w+)=(\S+)/g)]
  return {
    environment: Object.fromEntries(variables.map(([, name, value]) => [name!, value!])),
    command: words(textOf('CMD')),
    healthCheck: words(textOf('HEALTHCHECK').replace(/^.*\bCMD /, '')),
    user: textOf('USER'),
    folder: textOf('WORKDIR'),
  }
}

/** @throws where a command is for a shell: `CMD node server.js` in place of `CMD ["node", "server.js"]` */
function words(text: string): string[] {
  return JSON.parse(text)
}

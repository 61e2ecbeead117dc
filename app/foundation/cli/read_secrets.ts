import { createInterface } from 'node:readline'
import { OperatorError } from '#foundation/errors'

/** The prompt of a command. */
interface Asks {
  secure(question: string): Promise<string>
}

/**
 * Secrets that the operator enters: asked for on a terminal without showing them, and elsewhere read
 * from stdin, one a line. As arguments other users of the machine could read them.
 *
 * @throws OperatorError when there are fewer lines
 */
export async function readSecrets<const Names extends string[]>(
  prompt: Asks,
  ...names: Names
): Promise<{ [At in keyof Names]: string }> {
  const read = process.stdin.isTTY ? await asked(prompt, names) : await linesOf(process.stdin)
  const given = read.map((line) => line.trim()).filter(Boolean)
  if (given.length < names.length) {
    throw new OperatorError(`Give ${names.length} lines on stdin: ${names.join(', ')}`)
  }
  return given.slice(0, names.length) as { [At in keyof Names]: string }
}

async function asked(prompt: Asks, names: readonly string[]): Promise<string[]> {
  const answers: string[] = []
  for (const name of names) answers.push(await prompt.secure(name))
  return answers
}

async function linesOf(input: NodeJS.ReadableStream): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input })) lines.push(line)
  return lines
}

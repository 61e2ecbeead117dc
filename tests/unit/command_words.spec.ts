import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import { completionScript } from '#foundation/cli/completion'
import { displayWidth } from '#foundation/cli/terminal'
import { commandHelp } from '../../bin/kernel/command_help.js'
import { ownCommands } from '../../bin/kernel/own_commands.js'

const COMMANDS = [
  { name: 'webhook:add', description: 'Add', options: ['--events', '--json'] },
  { name: 'webhook:list', description: "List what's there", options: ['--json'] },
  { name: 'work', description: 'Work', options: ['--only'] },
]

/** What bash offers at the end of a line, with its own division of words. */
async function offered(line: string): Promise<string[]> {
  const script = [
    completionScript('bash', COMMANDS),
    `COMP_LINE="$1" COMP_POINT=\${#1}`,
    '_regou_ace',
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ]
  const { stdout } = await promisify(execFile)('bash', ['-c', script.join('\n'), 'bash', line])
  return stdout.split('\n').filter(Boolean)
}

test.group('The words of commands', (group) => {
  group.setup(() => ace.boot())

  test('help fits a terminal of 80 columns, but for examples, which can be copied', ({
    assert,
  }) => {
    const commands = ownCommands(ace)
    assert.isNotEmpty(commands)
    for (const command of commands) {
      const examples = [command.help ?? []].flat().map((line) => line.replace(/^.*\}\} /, ''))
      const long = commandHelp(command)
        .split('\n')
        .filter((line) => displayWidth(line) > 80)
        .filter((line) => !examples.some((example) => example && line.includes(example)))
      assert.deepEqual(long, [], command.commandName)
    }
  })

  test('bash completes commands, and the options of each', async ({ assert }) => {
    assert.deepEqual(await offered('node ace wo'), ['work'])
    assert.deepEqual(await offered('node ace work --o'), ['--only'])
    assert.deepEqual(await offered('node ace webhook:add '), ['--events', '--json'])
    assert.deepEqual(await offered('node other.js wo'), [])
  })

  test('behind a colon bash gets what is missing and no more', async ({ assert }) => {
    assert.deepEqual(await offered('node ace webhook:l'), ['list'])
  })

  test('quotes in a description end no word of a script', ({ assert }) => {
    assert.include(
      completionScript('zsh', COMMANDS),
      String.raw`'webhook\:list:List what'\''s there'`
    )
    assert.include(completionScript('fish', COMMANDS), String.raw`-d 'List what'\''s there'`)
  })
})

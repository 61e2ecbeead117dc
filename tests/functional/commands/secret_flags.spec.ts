import { test } from '@japa/runner'
import { runCommand } from '#tests/support/console'

/** Stands for a key or a password inside of a value; nothing may ever print it. */
const MARKER = 'hunter2key'

test.group('Flags that carry a URL or a secret', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  const commands = [
    ['webhook:add', `https//${MARKER}`],
    ['webhook:verify', `--secret=${MARKER}`, '--header=webhook-id: 1', '--body=package.json'],
    ['webhook:verify', '--secret=whsec_x', `--header=authorization ${MARKER}`],
    ['webhook:listen', '--forward=http://127.0.0.1:1', `--from=http://user:${MARKER}@127.0.0.1:1/`],
    ['webhook:listen', '--forward=http://127.0.0.1:1', `--from=http://127.0.0.1:1/${MARKER}`],
    ['webhook:listen', '--forward=http://127.0.0.1:1', `--secret=${MARKER}`],
  ]

  for (const command of commands) {
    const shown = command.join(' ').replaceAll(MARKER, '…')
    test(`are refused without being shown: ${shown}`, async (ctx) => {
      const [name, ...args] = command
      const { code, stdout, stderr } = await runCommand(name!, ...args)

      const output = [...stdout, stderr].join('\n')
      ctx.assert.notEqual(code, 0, output)
      ctx.assert.isNotEmpty(output)
      ctx.assert.notMatch(output, /^\s+at /m, 'no stack: it can be put right')
      ctx.assert.notInclude(output.toLowerCase(), MARKER)
    })
  }
})

import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

test.group('Commands', () => {
  test('stand in the file of their name, where the one that is asked for is looked for', async ({
    assert,
  }) => {
    const files = await readdir(app.commandsPath())
    const named = await Promise.all(
      files.map(async (file) => {
        const text = await readFile(app.commandsPath(file), 'utf8')
        const [, name] = /static commandName = '([a-z:]+)'/.exec(text) ?? []
        return `${name?.replace(':', '_')}.ts`
      })
    )

    assert.isNotEmpty(files)
    assert.deepEqual(named, files)
  })
})

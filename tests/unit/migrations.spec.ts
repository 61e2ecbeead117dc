import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'

const FOLDER = new URL('../../database/migrations/', import.meta.url)

test.group('Migrations', () => {
  test('each creates the one table that it is named after, under a number of its own', async ({
    assert,
  }) => {
    const files = await readdir(FOLDER)
    for (const file of files) {
      const [, table] = /^\d{4}_create_(\w+)_table\.ts$/.exec(file) ?? []
      const source = await readFile(new URL(file, FOLDER), 'utf8')
      assert.include(source, `tableName = '${table}'`, file)
      assert.lengthOf(source.match(/createTable\(/g) ?? [], 1, file)
      assert.notInclude(source, 'alterTable', file)
    }
    const numbers = files.map((file) => file.slice(0, 4))
    assert.lengthOf(new Set(numbers), files.length)
  })
})

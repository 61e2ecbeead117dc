import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>
}

test.group('package-lock.json', () => {
  // `npm ci` refuses a lock without them, and npm leaves out those that its registry lacks.
  test('names the packages of every platform', async ({ assert }) => {
    const { packages } = JSON.parse(
      await readFile(app.makePath('package-lock.json'), 'utf8')
    ) as Lock

    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`]
      )
    )
    assert.deepEqual(missing, [])
  })
})

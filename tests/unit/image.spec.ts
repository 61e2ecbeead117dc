import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { readDockerfile, readImage, type Instruction } from '#tests/support/dockerfile'

interface Service {
  image: string
  ports?: string[]
  profiles?: string[]
  healthcheck?: { test: string[] }
  environment?: Record<string, string | number>
  depends_on?: Record<string, { condition: string; required: boolean }>
  volumes?: string[]
  tmpfs?: string[]
  read_only?: boolean
  restart?: string
  stop_grace_period?: string
}

interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}

/** A version stands in the tag: `debian:12-slim`, and neither `debian` nor `debian:latest`. */
const PINNED = /^[\w./-]+:\d[\w.-]*$/

const readProjectFile = (path: string) => readFile(app.makePath(path), 'utf8')

async function readCompose(): Promise<Compose> {
  const { load } = createRequire(import.meta.url)('js-yaml')
  return load(await readProjectFile('compose.yml'))
}

test.group('Dockerfile', () => {
  test('starts from images of a named version', async ({ assert }) => {
    for (const [from] of await readDockerfile()) {
      assert.match(from!.text.replace(/ AS \w+$/, ''), PINNED)
    }
  })

  test('runs without a shell, as a user without rights, and says how it is', async ({ assert }) => {
    const { command, healthCheck, user } = await readImage()

    assert.match(user, /^[1-9]\d*:[1-9]\d*$/)
    for (const [program, script] of [command, healthCheck]) {
      assert.equal(program, 'node')
      assert.isTrue(existsSync(app.makePath(script!)), script)
    }
  })

  test('copies what is there and what .dockerignore lets through', async ({ assert }) => {
    const text = await readProjectFile('.dockerignore')
    const ignored = text.split('\n')
    assert.includeMembers(ignored, ['.git', '.env', '.env.*', 'build', 'data', 'node_modules'])
    assert.includeMembers(ignored, ['tests', 'tmp'])

    const stages = await readDockerfile()
    const sources = stages.flat().flatMap(sourcesOf)
    assert.isNotEmpty(sources)
    for (const source of sources) {
      assert.isTrue(existsSync(app.makePath(source)), source)
      assert.notInclude(ignored, source)
    }
  })
})

test.group('compose.yml', () => {
  test('runs this version with SQLite, and for this machine alone', async ({ assert }) => {
    const { services, volumes } = await readCompose()
    const { regou, ...others } = services
    const { version } = JSON.parse(await readProjectFile('package.json'))
    const { folder } = await readImage()

    assert.equal(regou!.image, `regou:${version}`)
    assert.isTrue(Object.values(others).every(({ profiles }) => profiles?.length === 1))
    assert.isTrue(regou!.ports!.every((port) => port.startsWith('127.0.0.1:')))
    assert.isTrue(Object.values(others).every(({ ports }) => !ports))
    assert.isTrue(regou!.read_only)
    assert.deepEqual(regou!.volumes, [`data:${folder}/data`])
    assert.property(volumes, 'data')
    assert.isTrue(regou!.tmpfs!.some((mount) => mount.startsWith(`${folder}/tmp:`)))
  })

  test('starts nothing again and again that it cannot watch', async ({ assert }) => {
    const { services } = await readCompose()
    const { regou, ...others } = services

    for (const [name, { image, restart, healthcheck }] of Object.entries(others)) {
      assert.match(image, PINNED)
      assert.equal(restart, 'unless-stopped')
      assert.equal(healthcheck!.test[0], 'CMD', name)
      assert.deepEqual(regou!.depends_on![name], { condition: 'service_healthy', required: false })
    }
    assert.equal(regou!.restart, 'unless-stopped')
  })

  test('names settings that there are, and asks for no others but those of its servers', async ({
    assert,
  }) => {
    const { services } = await readCompose()
    const { regou, ...others } = services
    const example = await readProjectFile('.env.example')
    const settings = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!)

    assert.includeMembers(settings, Object.keys(regou!.environment!))
    const ofServers = Object.values(others).flatMap((one) => Object.keys(one.environment ?? {}))
    const asked = [...JSON.stringify(services).matchAll(/\$\{(\w+)/g)].map(([, name]) => name!)
    assert.includeMembers([...settings, ...ofServers], asked)
  })
})

/** What it copies out of the checkout; a stage copies from another one with --from. */
function sourcesOf({ name, text }: Instruction): string[] {
  if (name !== 'COPY' || text.startsWith('--from=')) return []
  return text.split(' ').slice(0, -1)
}

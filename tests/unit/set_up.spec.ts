import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import app from '@adonisjs/core/services/app'

/** What the set-up is made of; it needs no package. */
const PARTS = ['bin', '.env.example', 'package.json', 'package-lock.json']

/** Runs the set-up in a new folder of an awkward name, with an npm that says so and fails. */
async function setUpWith(self: TestContext['test'], npmSays: string) {
  const folder = await mkdtemp(join(tmpdir(), `regou #1%20 'q" 中文 `))
  self.cleanup(() => rm(folder, { recursive: true, force: true }))
  for (const part of PARTS) await cp(app.makePath(part), join(folder, part), { recursive: true })
  const npm = join(folder, 'npm-cli.js')
  await writeFile(npm, `console.error(${JSON.stringify(npmSays)}); process.exitCode = 1`)

  const env = { ...process.env, npm_execpath: npm, npm_node_execpath: process.execPath }
  return new Promise<{ code: unknown; said: string }>((resolve) => {
    execFile(process.execPath, [join(folder, 'bin/setup.js')], { env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, said: out + err })
    )
  })
}

/** What npm says, and what is made of it. */
const CAUSES: [string, RegExp][] = [
  ['npm error code ENOTFOUND\nnpm error errno ENOTFOUND', /cannot reach the registry .*ENOTFOUND/],
  ['npm error code ECONNREFUSED', /cannot reach the registry/],
  ['npm error code ENOSPC', /The disk is full/],
  ['npm error code EACCES\nnpm error path /root', /may not write where it has to \(EACCES\)/],
  ['npm error code EINTEGRITY', /not what package-lock.json says/],
]

test.group('The set-up', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  for (const [npmSays, words] of CAUSES) {
    const [code] = /E[A-Z]+$/m.exec(npmSays)!
    test(`says in a sentence what npm lacked: ${code}`, async (ctx) => {
      const { code: exitCode, said } = await setUpWith(ctx.test, npmSays)

      ctx.assert.equal(exitCode, 1)
      ctx.assert.match(said, words)
      ctx.assert.notInclude(said, 'npm error')
    })
  }

  test('shows what npm said where it knows no better', async (ctx) => {
    const { said } = await setUpWith(ctx.test, 'npm error something new')
    ctx.assert.include(said, 'npm error something new')
  })
})

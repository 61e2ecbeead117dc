import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, symlink, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, matchesGlob } from 'node:path'
import { promisify } from 'node:util'
import type { TestContext } from '@japa/runner/core'
import app from '@adonisjs/core/services/app'
import { readImage } from '#tests/support/dockerfile'
import { WrittenLines } from '#tests/support/written_lines'

const run = promisify(execFile)

const isRoot = process.getuid?.() === 0
/** `nobody`, where the tests may choose; else they run as a user other than root already. */
const USER = isRoot ? { uid: 65534, gid: 65534 } : {}

/** Where an image can be made of links and be read by that user; null where there is no such folder. */
export const imageFolder = folderForImages()

function folderForImages(): string | null {
  const isReadHere =
    !isRoot || spawnSync('test', ['-r', app.makePath('package.json')], USER).status === 0
  if (isReadHere) return app.tmpPath()
  return statSync(tmpdir()).dev === statSync(app.makePath()).dev ? tmpdir() : null
}

/**
 * The image as a folder, made by the steps of the Dockerfile from what .dockerignore lets through. Only its
 * packages and assets are not made anew: they are those of the project. It stands in for the root of a
 * container: nothing in it can be written to but `data` and `tmp`.
 */
export async function makeImage(home: string): Promise<string> {
  const [checkout, image] = [join(home, 'checkout'), join(home, 'image')]
  await mkdir(join(checkout, 'public'), { recursive: true })
  const parts = await contextOfBuild()
  await run('cp', ['-al', ...parts.map((part) => app.makePath(part)), checkout])
  await symlink(app.makePath('node_modules'), join(checkout, 'node_modules'))
  // As old as can be: the packages count as newer, and nothing is installed.
  await rm(join(checkout, 'package-lock.json'))
  await copyFile(app.makePath('package-lock.json'), join(checkout, 'package-lock.json'))
  await utimes(join(checkout, 'package-lock.json'), 0, 0)

  await run(join(checkout, 'bin/image.sh'), ['packages'])
  await run(join(checkout, 'bin/image.sh'), ['assemble', image])
  if (isRoot) {
    await run('chown', ['65534:65534', join(image, 'data'), join(image, 'tmp')])
  } else {
    const folders = '-type d ! -name data ! -name tmp -exec chmod a-w {} +'
    await run('find', [image, ...folders.split(' ')])
  }
  return image
}

/** Takes an image away again. */
export async function removeImage(home: string) {
  if (!isRoot) await run('find', [home, ...'-type d -exec chmod u+w {} +'.split(' ')])
  await rm(home, { recursive: true, force: true })
}

async function contextOfBuild(): Promise<string[]> {
  const text = await readFile(app.makePath('.dockerignore'), 'utf8')
  const ignored = text.match(/^[^#\n]+/gm)!
  const names = await readdir(app.makePath())
  return names.filter((name) => !ignored.some((pattern) => matchesGlob(name, pattern)))
}

/** A program in the image, with the variables of the image and these settings alone. */
export async function inContainer(
  test: TestContext['test'],
  image: string,
  command: string[],
  settings: Record<string, string> = {}
) {
  const { environment, folder } = await readImage()
  const here = Object.entries(environment).map(([name, value]) => [
    name,
    value.replaceAll(folder, image),
  ])
  const [program, ...args] = command
  const env = { ...Object.fromEntries(here), ...settings }
  const child = spawn(program!, args, { cwd: image, env, ...USER })
  const output = new WrittenLines()
  child.stdout.pipe(output, { end: false })
  child.stderr.pipe(output, { end: false })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  test.cleanup(stop)
  return {
    stop,
    /** Its exit code, or the signal that ended it. */
    ended,
    output: () => output.text,
    /** Resolves once it has printed this, or has ended. */
    async prints(words: string) {
      while (!output.text.includes(words) && child.exitCode === null && !child.signalCode) {
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended])
      }
    },
  }
}

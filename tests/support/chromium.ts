import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sparticuz, { inflate } from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright'

/** Where the carried Chromium is: not where another program may leave half a copy. */
const HOME = fileURLToPath(new URL('../../tmp/chromium', import.meta.url))

/** Where it is unpacked: two runs may begin at the same time, and one may be cut short. */
const HERE = `${HOME}-${process.pid}`

/** A real Chromium: the one that an npm package carries, else one that is installed. */
export async function launchChromium(): Promise<Browser> {
  const attempts = [launchCarried, launchDebians, launchChrome]
  const failures: string[] = []

  for (const attempt of attempts) {
    try {
      return patient(await attempt())
    } catch (error) {
      failures.push(`${attempt.name}: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  throw new Error(
    `No Chromium starts here. Install one ("apt-get install chromium") for the browser tests.\n${failures.join('\n')}`
  )
}

/** On a busy machine a page may take longer than Playwright waits; the limit is the test's. */
function patient(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(300_000)
    return context
  }
  return browser
}

/** Brings the libraries along that a bare system lacks (NSS, expat). For Linux on x64. */
async function launchCarried() {
  if (!existsSync(HOME)) await unpack()

  return chromium.launch({
    executablePath: join(HOME, 'chromium'),
    args: ['--no-sandbox'],
    env: { ...process.env, LD_LIBRARY_PATH: join(HOME, 'al2023/lib') },
  })
}

function launchDebians() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
}

function launchChrome() {
  return chromium.launch({ channel: 'chrome' })
}

/** The package unpacks into the temporary folder, whichever that is. */
async function unpack() {
  const { TMPDIR: before } = process.env
  const libraries = join(
    createRequire(import.meta.url).resolve('@sparticuz/chromium'),
    '../../bin/al2023.tar.br'
  )

  await mkdir(HERE, { recursive: true })
  process.env.TMPDIR = HERE
  try {
    await Promise.all([sparticuz.executablePath(), inflate(libraries)])
  } finally {
    process.env.TMPDIR = before
    if (before === undefined) delete process.env.TMPDIR
  }
  // Where the other run was quicker, what it has made stays.
  await rename(HERE, HOME).catch(() => rm(HERE, { recursive: true }))
}

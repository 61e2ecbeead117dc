import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright'

/** Debian's Chromium, where it is installed. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium'

/** A real Chromium: the one that an npm package carries, or the system's on other processors. */
export async function launchChromium() {
  if (process.arch !== 'x64' && existsSync(SYSTEM_CHROMIUM)) {
    return chromium.launch({ executablePath: SYSTEM_CHROMIUM, args: ['--no-sandbox'] })
  }

  const executablePath = await sparticuz.executablePath()
  return chromium.launch({ executablePath, args: sparticuz.args, headless: true })
}

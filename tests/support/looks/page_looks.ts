import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import languages from '#config/languages'

/** Where `SCREENSHOTS=1` keeps a picture of each look. */
const PICTURES = fileURLToPath(new URL('../../../tmp/screenshots/', import.meta.url))

const SCREENS = [
  { screen: 'phone', viewport: { width: 390, height: 844 } },
  { screen: 'desk', viewport: { width: 1280, height: 800 } },
]

const LOOKS = SCREENS.flatMap((size) =>
  (['light', 'dark'] as const).map((theme) => ({ ...size, theme }))
)

/**
 * Looks at the page as people do: on a phone and at a desk, in every language, light and dark.
 * Answers what is wrong with it (page_faults.js), and in which look first. The page is loaded anew
 * for each language; the rest changes at once, since nothing moves.
 *
 * @param ready what is there once the page is as it should be looked at
 */
export async function faultsOf(page: Page, name: string, ready = 'h1'): Promise<string[]> {
  const faults = new Map<string, string>()
  for (const language of Object.keys(languages)) {
    await page.setExtraHTTPHeaders({ 'accept-language': language })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.reload()
    await page.locator(ready).first().waitFor()

    for (const { screen, viewport, theme } of LOOKS) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme: theme })
      const look = `${name}-${screen}-${language}-${theme}`
      for (const fault of await faultsIn(page, look)) {
        if (!faults.has(fault)) faults.set(fault, look)
      }
    }
  }
  return [...faults].map(([fault, look]) => `${look}: ${fault}`)
}

/** What is wrong with the page as it is shown now. */
export async function faultsIn(page: Page, look: string): Promise<string[]> {
  const findFaults = await readFile(new URL('page_faults.js', import.meta.url), 'utf8')
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: `${PICTURES}${look}.png`, fullPage: true })
  }
  return page.evaluate(findFaults)
}

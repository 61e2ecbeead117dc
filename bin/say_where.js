// Plain JavaScript: it stands beside PM2, outside of the application.
import { setTimeout as sleep } from 'node:timers/promises'
import setting from './setting.cjs'

const ASK_EVERY_MS = 500

/** Hosts that stand for all addresses of a machine: it reaches itself at this one. */
const ALL_ADDRESSES = ['0.0.0.0', '::', '[::]']

/** Where the pages are, by HOST and PORT. */
export function ownUrl(host = setting('HOST'), port = setting('PORT')) {
  const name = !host || ALL_ADDRESSES.includes(host) ? '127.0.0.1' : host
  const isBareV6 = name.includes(':') && !name.startsWith('[')
  return `http://${isBareV6 ? `[${name}]` : name}:${port ?? 3333}`
}

/**
 * Says that Regou works and where, once it answers. Says nothing when the signal aborts before.
 *
 * @param {AbortSignal} signal
 * @param {(line: string) => void} say
 */
export async function sayWhere(signal, say = console.log, url = ownUrl()) {
  while (!(await answers(`${url}/health/live`, signal))) {
    if (signal.aborted) return
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
  if (signal.aborted) return

  say(`\nRegou works: open ${url}   (Ctrl+C stops everything)`)
  say(
    'What runs: node ace status. All commands: node ace list. Receive events: node ace webhook:add URL\n'
  )
}

async function answers(url, signal) {
  const response = await fetch(url, { signal }).catch(() => null)
  await response?.body?.cancel()
  return response?.ok ?? false
}

/*
|--------------------------------------------------------------------------
| The demo's time
|--------------------------------------------------------------------------
|
| Every program of the demo imports this first. The play phone sets the clock
| forward, and all of them have to see the same time: one that alone lived
| twelve hours later would find the leases of the others expired, and its own
| jobs due for them twelve hours from now.
|
*/

import { readFileSync } from 'node:fs'

/** How often to look how far the clock was set, in milliseconds. */
const LOOK_EVERY_MS = 200

const realNow = Date.now
let aheadMs = 0

function look() {
  try {
    aheadMs = Number(readFileSync(process.env.DEMO_TIME, 'utf8'))
  } catch {
    // Not written before the clock is set for the first time.
  }
}

look()
setInterval(look, LOOK_EVERY_MS).unref()
Date.now = () => realNow() + aheadMs

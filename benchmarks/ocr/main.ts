import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '#demo/processes/ports'
import { systemClock } from '#foundation/clock'
import { Intake } from '#benchmarks/ocr/intake'
import { startRegou } from '#benchmarks/ocr/start_regou'
import { percentile } from '#benchmarks/support/measure'
import { receive } from '#benchmarks/support/receive'
import { report, round } from '#benchmarks/support/report'

/** A record so often: 2,400 a minute, more than twice what is asked of the service. */
const EVERY_MS = 25

/** Records that are not counted: everything is still being loaded and compiled. */
const WARM_UP = 100

/** How long it takes from an OCR wallet record at the API to its webhook at the receiver. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const endings: (() => unknown)[] = []
  try {
    const receiverPort = await freePort()
    const { regou, url, token } = await startRegou(root, receiverPort)
    endings.push(() => rmSync(dirname(regou.databasePath), { recursive: true }))
    endings.push(() => regou.stop())

    const intake = new Intake(url, token)
    endings.push(
      await receive(receiverPort, ({ msg_id: message }) => intake.arrived(String(message)))
    )
    const count = WARM_UP + (isQuick ? 200 : 2000)
    for (let sent = 0; sent < count; sent++) {
      intake.send()
      await systemClock.sleep(EVERY_MS)
    }
    publish(await intake.delays(WARM_UP))
  } finally {
    for (const end of endings.reverse()) {
      await end()
    }
  }
}

function publish({ fromSent, fromAccepted }: { fromSent: number[]; fromAccepted: number[] }) {
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const cells = (delays: readonly number[]) => ({
    p50: ms(percentile(delays, 0.5)),
    p99: ms(percentile(delays, 0.99)),
    longest: ms(delays.at(-1)!),
  })

  report(
    {
      bench: 'ocr',
      ratios: {},
      figures: {
        accepted_to_post_p50_ms: round(percentile(fromAccepted, 0.5), 1),
        accepted_to_post_p99_ms: round(percentile(fromAccepted, 0.99), 1),
        sent_to_post_p50_ms: round(percentile(fromSent, 0.5), 1),
        sent_to_post_p99_ms: round(percentile(fromSent, 0.99), 1),
        records: fromSent.length,
      },
      runs: 1,
    },
    [
      ['request accepted to webhook received', cells(fromAccepted)],
      ['request sent to webhook received', cells(fromSent)],
    ]
  )
}

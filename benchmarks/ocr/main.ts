import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '#demo/processes/ports'
import { systemClock } from '#foundation/clock'
import { Intake } from '#benchmarks/ocr/intake'
import { startForwarder, startIntake, surroundings } from '#benchmarks/ocr/contenders'
import { percentile } from '#benchmarks/support/measure'
import { receive } from '#benchmarks/support/receive'
import { report, round } from '#benchmarks/support/report'

/** A record so often: 2,400 a minute, more than twice what is asked of the service. */
const EVERY_MS = 25

/** Records that are not counted: everything is still being loaded and compiled. */
const WARM_UP = 100

type Delays = Awaited<ReturnType<Intake['delays']>>

/**
 * How long it takes from an OCR wallet record at the API to its webhook at the receiver. Turn by
 * turn the same goes to a bare forwarder, so that both suffer from what else the machine does.
 */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const endings: (() => unknown)[] = []
  try {
    const receiverPort = await freePort()
    const { regou, port } = await surroundings(root, receiverPort)
    endings.push(() => rmSync(dirname(regou.databasePath), { recursive: true }))
    endings.push(() => regou.stop())
    const { url, token } = await startIntake(regou, port)
    const bareUrl = await startForwarder(regou, receiverPort)

    const intakes = [new Intake('ours', url, token), new Intake('bare', bareUrl, token)]
    endings.push(
      await receive(receiverPort, ({ msg_id: message }) =>
        intakes.forEach((intake) => intake.arrived(String(message)))
      )
    )
    const count = WARM_UP + (isQuick ? 200 : 2000)
    for (let sent = 0; sent < count * intakes.length; sent++) {
      intakes[sent % intakes.length]!.send()
      await systemClock.sleep(EVERY_MS / intakes.length)
    }
    const [ours, bare] = await Promise.all(intakes.map((intake) => intake.delays(WARM_UP)))
    publish(ours!, bare!)
  } finally {
    for (const end of endings.reverse()) {
      await end()
    }
  }
}

function publish(ours: Delays, bare: Delays) {
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const cells = (delays: readonly number[]) => ({
    p50: ms(percentile(delays, 0.5)),
    p99: ms(percentile(delays, 0.99)),
    longest: ms(delays.at(-1)!),
  })
  const ratio = percentile(bare.fromSent, 0.5) / percentile(ours.fromSent, 0.5)

  report(
    {
      bench: 'ocr',
      ratios: { bare_forwarder: round(ratio) },
      figures: {
        accepted_to_post_p50_ms: round(percentile(ours.fromAccepted, 0.5), 1),
        accepted_to_post_p99_ms: round(percentile(ours.fromAccepted, 0.99), 1),
        sent_to_post_p50_ms: round(percentile(ours.fromSent, 0.5), 1),
        sent_to_post_p99_ms: round(percentile(ours.fromSent, 0.99), 1),
        bare_sent_to_post_p99_ms: round(percentile(bare.fromSent, 0.99), 1),
        records: ours.fromSent.length,
      },
      runs: 1,
    },
    [
      ['request accepted to webhook received', cells(ours.fromAccepted)],
      ['request sent to webhook received', cells(ours.fromSent)],
      ['the same by a bare forwarder, nothing stored', cells(bare.fromSent)],
    ]
  )
}

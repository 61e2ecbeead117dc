import { test } from '@japa/runner'
import type { PreparedRequest } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { BrowserTarget } from '#web_push/sending/browser_target'
import { WebPushChannel } from '#web_push/sending/web_push_channel'
import { channelConforms } from '#tests/support/channel_conformance'
import { pushStand } from '#tests/support/web_push'

const FAULTS = {
  'accepts': null,
  'fails': { status: 503 },
  'is gone': { status: 410 },
}

/** Keeps which events were accepted: what a browser is shown names none of their ids. */
class ReadableChannel extends WebPushChannel {
  readonly received: string[] = []
  readonly #read = new WeakSet<BrowserTarget>()

  override async targets() {
    const targets = await super.targets()
    for (const target of targets.filter((one) => !this.#read.has(one))) {
      this.#read.add(target)
      const prepare = target.prepare.bind(target)
      target.prepare = (jobs) => this.#noting(prepare(jobs), jobs)
    }
    return targets
  }

  #noting(request: PreparedRequest, jobs: readonly DueJob[]): PreparedRequest {
    const send = async () => {
      const verdict = await request.send()
      if (verdict.kind === 'accepted') this.received.push(...jobs.map(({ eventId }) => eventId))
      return verdict
    }
    return { ...request, send }
  }
}

test.group(
  'Web Push as a channel',
  channelConforms(async () => {
    const { service, channel, add } = await pushStand({ Channel: ReadableChannel })
    return {
      channel,
      add: async (ownerId) => {
        const { id } = await add(ownerId)
        return id
      },
      answer: (how) => {
        service.fault = FAULTS[how]
      },
      received: () => channel.received,
    }
  })
)

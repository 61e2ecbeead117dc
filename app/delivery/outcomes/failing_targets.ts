import type { Channel, Target } from '#delivery/channel'
import type { FailureWatch, Finding } from '#delivery/outcomes/failure_watch'
import type { Outcome } from '#delivery/outcomes/outcome'

interface FailingTargetsHost {
  /** Half of the time is over after which the target is retired. */
  warn(finding: Finding): void
  retire(target: Target, reason: string): void
}

/** Keeps the failing times of a channel's targets, and retires those that fail for too long. */
export class FailingTargets {
  readonly #channel: Channel
  readonly #watch: FailureWatch
  readonly #host: FailingTargetsHost
  #targets: readonly Target[] = []

  constructor(channel: Channel, watch: FailureWatch, host: FailingTargetsHost) {
    this.#channel = channel
    this.#watch = watch
    this.#host = host
  }

  /** Learns from one attempt. `now` is in epoch milliseconds. */
  note(target: Target, outcomes: readonly Outcome[], now: number) {
    const tried = outcomes.find(({ attempt }) => attempt)
    if (tried) {
      this.#watch.note(target.id, tried.error, now)
    }
  }

  /** Stores what was learnt and answers the targets that may be sent to. */
  async look(): Promise<Target[]> {
    for (const { targetId, failingSince } of this.#watch.changes(this.#targets)) {
      await this.#channel.setFailingSince(targetId, failingSince)
    }
    const targets = await this.#channel.targets()
    this.#targets = targets

    const findings = this.#watch.findings(targets)
    findings.filter(({ isOver }) => !isOver).forEach((finding) => this.#host.warn(finding))
    const over = findings.filter(({ isOver }) => isOver)
    over.forEach((finding) => this.#host.retire(finding.target, reasonOf(finding)))

    const retired = new Set(over.map(({ target }) => target))
    return targets.filter((target) => !retired.has(target))
  }
}

function reasonOf({ since, lastError }: Finding): string {
  return `every attempt since ${new Date(since).toISOString()} has failed, at last: ${lastError}`
}

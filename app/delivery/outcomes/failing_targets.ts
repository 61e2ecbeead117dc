import type { Cause, Failure } from '#models/reasons'
import type { Channel, Target } from '#delivery/channel'
import type { Outcome } from '#delivery/outcomes/outcome'

interface FailingTargetsHost {
  /** Half of the time is over after which the target is retired. */
  warn(finding: Finding): void
  retire(target: Target, cause: Cause<Failure>, failedSince: number): void
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
      this.#watch.note(target.id, failureOf(tried), now)
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
    over.forEach(({ target, last, since }) => this.#host.retire(target, last, since))

    const retired = new Set(over.map(({ target }) => target))
    return targets.filter((target) => !retired.has(target))
  }
}

/** Null when the attempt was accepted. */
function failureOf({ reason, detail }: Outcome): Cause<Failure> | null {
  return reason && { reason: reason as Failure, detail }
}

/** What attempts at one target showed since it was last looked at. Times are epoch milliseconds. */
interface Sighting {
  hasAccepted: boolean
  /** The failures since the last success. */
  firstFailedAt: number | null
  lastFailedAt: number | null
  last: Cause<Failure> | null
}

/** What to do about targets that only fail. */
export interface Finding {
  target: Target
  since: number
  last: Cause<Failure>
  /** False: half of the time is over, somebody should know. */
  isOver: boolean
}

/**
 * Knows since when targets have only failed. The beginning is stored with the target, so that it
 * outlives this process and every sender knows it; only what changes it is written.
 */
export class FailureWatch {
  readonly #disableAfterMs: number
  #sightings = new Map<number, Sighting>()
  /** Those that are being looked at while more come in. */
  #looking = new Map<number, Sighting>()
  /** The failing times of which a warning was given, by target. */
  readonly #warned = new Map<number, number>()

  constructor(disableAfterMs: number) {
    this.#disableAfterMs = disableAfterMs
  }

  /** Notes how an attempt ended; `failure` is null when it was accepted. */
  note(targetId: number, failure: Cause<Failure> | null, now: number) {
    const known = this.#sightings.get(targetId)
    this.#sightings.set(
      targetId,
      failure === null
        ? { hasAccepted: true, firstFailedAt: null, lastFailedAt: null, last: null }
        : {
            hasAccepted: known?.hasAccepted ?? false,
            firstFailedAt: known?.firstFailedAt ?? now,
            lastFailedAt: now,
            last: failure,
          }
    )
  }

  /** Since when targets have been failing that had another beginning, or none, before. */
  changes(targets: readonly Target[]): { targetId: number; failingSince: number | null }[] {
    this.#looking = new Map([...this.#looking, ...this.#sightings])
    this.#sightings = new Map()
    return targets.flatMap(({ id, failingSince }) => {
      const seen = this.#looking.get(id)
      if (!seen || (!seen.hasAccepted && failingSince !== null)) {
        return []
      }
      const isSame = seen.firstFailedAt === failingSince
      return isSame ? [] : [{ targetId: id, failingSince: seen.firstFailedAt }]
    })
  }

  /**
   * Targets to warn of or to disable, judged by the failures that `changes` looked at and by what
   * the targets, read again since, know of their beginning. Without an attempt nobody is judged.
   */
  findings(targets: readonly Target[]): Finding[] {
    const found = targets.flatMap((target) => this.#judge(target) ?? [])
    this.#looking = new Map()
    return found
  }

  #judge(target: Target): Finding | null {
    const { failingSince: since } = target
    const { lastFailedAt, last } = this.#looking.get(target.id) ?? {}
    if (!since || !lastFailedAt || !last) {
      return null
    }
    const failingMs = lastFailedAt - since
    const isOver = failingMs >= this.#disableAfterMs
    const isWarnedOf = this.#warned.get(target.id) === since
    if (!isOver && (isWarnedOf || failingMs < this.#disableAfterMs / 2)) {
      return null
    }
    this.#warned.set(target.id, since)
    return { target, since, last, isOver }
  }
}

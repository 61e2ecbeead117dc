import type { Cause, Failure } from '#models/reasons'
import type { DeliveryLog } from '#delivery/delivery_log'
import { causeWords, disablingWords } from '#delivery/reason_words'
import type { Channel, Target } from '#delivery/channel'
import type { Outcome } from '#delivery/outcomes/outcome'

/** Keeps the failing times of a channel's targets, and retires those that fail for too long. */
export class FailingTargets {
  readonly #channel: Channel
  readonly #watch: FailureWatch
  readonly #log: DeliveryLog
  #targets: readonly Target[] = []

  /** @param disableAfterMs after how long of only failures a target is retired, in milliseconds */
  constructor(channel: Channel, disableAfterMs: number, log: DeliveryLog) {
    this.#channel = channel
    this.#watch = new FailureWatch(disableAfterMs)
    this.#log = log
  }

  /** Learns from one attempt. `now` is in epoch milliseconds. */
  note(target: Target, outcomes: readonly Outcome[], now: number) {
    const tried = outcomes.find(({ attempt }) => attempt)
    if (tried) {
      this.#watch.note(target.id, failureOf(tried), now)
    }
  }

  /** Stores what was learnt and answers the targets that may be sent to. */
  async review(): Promise<Target[]> {
    for (const { targetId, failingSince } of this.#watch.changes(this.#targets)) {
      await this.#channel.setFailingSince(targetId, failingSince)
    }
    const targets = await this.#channel.targets()
    this.#targets = targets

    const findings = this.#watch.findings(targets)
    findings.filter(({ isOver }) => !isOver).forEach((finding) => this.#warn(finding))
    const over = findings.filter(({ isOver }) => isOver)
    over.forEach(({ target, last, since }) => this.retire(target, last, since))

    const retired = new Set(over.map(({ target }) => target))
    return targets.filter((target) => !retired.has(target))
  }

  /** The clock was set by so many milliseconds: no target has failed for longer, or shorter, by that. */
  async move(stepMs: number) {
    for (const { id, failingSince } of this.#targets) {
      if (failingSince !== null) {
        await this.#channel.setFailingSince(id, failingSince + stepMs)
      }
    }
    this.#watch.forget()
  }

  /**
   * Takes a target out of service, and goes on meanwhile.
   *
   * @param failedSince since when every attempt has failed; null when one answer was enough
   */
  retire(target: Target, cause: Cause<Failure>, failedSince: number | null) {
    this.#channel.disable(target.id, cause, failedSince).then(
      () => this.#log.disabled(target.label, disablingWords({ ...cause, failedSince })!),
      (error) => this.#log.fault(error)
    )
  }

  /** Half of the time is over after which the target is retired. */
  #warn({ target, since, last }: FailureFinding) {
    this.#log.failing(target.label, since, causeWords(last))
    this.#channel.warn(target.id, since, last).catch((error) => this.#log.fault(error))
  }
}

/** Null when the attempt was accepted. */
function failureOf({ reason, detail }: Outcome): Cause<Failure> | null {
  return reason && { reason: reason as Failure, detail }
}

/** What attempts at one target showed since the last review. Times are epoch milliseconds. */
interface AttemptTally {
  hasAccepted: boolean
  /** The failures since the last success. */
  firstFailedAt: number | null
  lastFailedAt: number | null
  last: Cause<Failure> | null
}

/** What to do about targets that only fail. */
export interface FailureFinding {
  target: Target
  since: number
  last: Cause<Failure>
  /** False: half of the time is over, and a warning is due. */
  isOver: boolean
}

/**
 * Knows since when targets have only failed. The beginning is stored with the target, so that it
 * outlives this process and every sender knows it; only what changes it is written.
 */
export class FailureWatch {
  readonly #disableAfterMs: number
  #tallies = new Map<number, AttemptTally>()
  /** Those that are being reviewed while more come in. */
  #judged = new Map<number, AttemptTally>()
  /** The failing times of which a warning was given, by target. */
  readonly #warned = new Map<number, number>()

  constructor(disableAfterMs: number) {
    this.#disableAfterMs = disableAfterMs
  }

  /** Notes how an attempt ended; `failure` is null when it was accepted. */
  note(targetId: number, failure: Cause<Failure> | null, now: number) {
    const known = this.#tallies.get(targetId)
    this.#tallies.set(
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

  /** Forgets what it has learnt since the last review: its times are those of another clock. */
  forget() {
    this.#tallies.clear()
  }

  /** Since when targets have been failing that had another beginning, or none, before. */
  changes(targets: readonly Target[]): { targetId: number; failingSince: number | null }[] {
    this.#judged = new Map([...this.#judged, ...this.#tallies])
    this.#tallies = new Map()
    return targets.flatMap(({ id, failingSince }) => {
      const seen = this.#judged.get(id)
      if (!seen || (!seen.hasAccepted && failingSince !== null)) {
        return []
      }
      const isSame = seen.firstFailedAt === failingSince
      return isSame ? [] : [{ targetId: id, failingSince: seen.firstFailedAt }]
    })
  }

  /**
   * Targets to warn of or to disable, judged by the failures that `changes` took and by what
   * the targets, read again since, know of their beginning. Without an attempt no target is judged.
   */
  findings(targets: readonly Target[]): FailureFinding[] {
    const found = targets.flatMap((target) => this.#judge(target) ?? [])
    this.#judged = new Map()
    return found
  }

  #judge(target: Target): FailureFinding | null {
    const { failingSince: since } = target
    const { lastFailedAt, last } = this.#judged.get(target.id) ?? {}
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

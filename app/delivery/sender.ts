import type { Clock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/db/commits'
import { isDeadOwner } from '#foundation/db/lease_owner'
import { inRound } from '#foundation/rounds'
import { Dispatcher } from '#delivery/dispatcher'
import { Budget } from '#delivery/lanes/budget'
import type { BudgetLimits } from '#delivery/lanes/budget'
import { WakeUp } from '#delivery/wake_up'
import type { Channel, PlannedChannel } from '#delivery/channel'
import type { DeliveryLog } from '#delivery/delivery_log'
import { FailingTargets } from '#delivery/outcomes/failing_targets'
import {
  bringForward,
  ClockSteps,
  LONGEST_LEASE_MS,
  shortenLeases,
} from '#delivery/queue/clock_steps'
import { JobQueue } from '#delivery/queue/job_queue'
import type { LaneLimits } from '#delivery/lanes/lane'
import { Gatekeeper } from '#delivery/lanes/gatekeeper'
import { Lanes } from '#delivery/lanes/lanes'
import { recoverOrphans } from '#delivery/queue/left_behind'
import type { Outcome } from '#delivery/outcomes/outcome'
import { storeOutcomes } from '#delivery/outcomes/store_outcomes'
import { OutcomeWriter } from '#delivery/outcomes/outcome_writer'
import type { Planner } from '#delivery/planning/planner'

/** How long to leave a database alone that could not be used, in milliseconds. */
const PAUSE_AFTER_FAULT_MS = 1000

/** What there is to do until outcomes are written. */
const NOTHING = { nextDueAt: Infinity, unassigned: [] }

interface SenderParts {
  channel: Channel
  /** All channels that there are, over whichever processes they send. */
  channels: readonly PlannedChannel[]
  planner: Planner
  /** This process's name in leases. */
  owner: string
  clock: Clock
  /** Answers a number from 0 to 1. */
  random: () => number
  log: DeliveryLog
  limits: LaneLimits
  /** What all lanes together may use. */
  budget: BudgetLimits
  /** After how long of only failures a target is disabled, in milliseconds. */
  disableAfterMs: number
  /** How often to look for work when nothing wakes the sender, in milliseconds. */
  pollMs: number
  /** How long commits are gathered between two looks, in milliseconds. Not set: each is looked at. */
  gatherMs?: number
  /** How long requests under way may take to end after a stop, in milliseconds. */
  stopWithinMs: number
}

/**
 * The engine: plans what is in the outbox, claims what is due, keeps the lanes filled, and sleeps
 * until a commit, a lane that runs low or a retry wakes it.
 */
export class Sender {
  readonly #parts: SenderParts
  readonly #queue: JobQueue
  readonly #writer: OutcomeWriter
  readonly #lanes: Lanes
  readonly #wakeUp: WakeUp
  readonly #failing: FailingTargets
  readonly #gatekeeper: Gatekeeper
  readonly #dispatcher: Dispatcher
  readonly #steps: ClockSteps
  /** By the clock's `elapsed`. */
  #housekeptAt = -Infinity
  /** Until when leases do not tell whether a sender is alive, by the clock's `elapsed`. */
  #leasesHoldUntil = -Infinity
  /** Targets with jobs that another process serves. */
  #othersTargets: ReadonlySet<number> = new Set()

  constructor(parts: SenderParts) {
    const { channel, channels, owner, clock, random, log } = parts
    this.#parts = parts
    this.#steps = new ClockSteps(clock)
    this.#wakeUp = new WakeUp(parts.gatherMs)
    this.#queue = new JobQueue(channel.name, owner, clock)
    this.#failing = new FailingTargets(channel, parts.disableAfterMs, log)
    const store = (outcomes: readonly Outcome[], mayBeStored: boolean) =>
      storeOutcomes({ channel, channels, owner }, outcomes, mayBeStored)
    this.#writer = new OutcomeWriter({ store, log, wakeUp: this.#wakeUp, clock })
    const budget = new Budget(parts.budget)
    this.#dispatcher = new Dispatcher({
      budget,
      queue: this.#queue,
      writer: this.#writer,
      failing: this.#failing,
      wakeUp: this.#wakeUp,
      log,
      clock,
      random,
    })
    this.#gatekeeper = new Gatekeeper(channel, clock)
    this.#lanes = new Lanes({
      budget,
      queue: this.#queue,
      gatekeeper: this.#gatekeeper,
      dispatcher: this.#dispatcher,
      clock,
      limits: parts.limits,
    })
  }

  /** Works until `signal` aborts, then finishes or releases what is claimed. */
  async run(watcher: CommitWatcher, signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#wakeUp.wake(), { once: true })

    while (!signal.aborted) {
      try {
        await inRound(() => this.#turn(watcher))
      } catch (error) {
        this.#parts.log.fault(error as Error)
        this.#wakeUp.notify()
        await this.#parts.clock.sleep(PAUSE_AFTER_FAULT_MS, signal)
      }
    }
    await this.#stop()
  }

  async #turn(watcher: CommitWatcher) {
    await this.#dispatcher.returnReleased()
    if (this.#wakeUp.isTimeToPoll) {
      await this.#poll()
    } else if (!this.#writer.isBehind) {
      await this.#lanes.refill()
    }
    await this.#wakeUp.wait(watcher)
  }

  /** Finds all that there is to do, and when to poll again if nothing happens until then. */
  async #poll() {
    const { planner, clock, pollMs } = this.#parts
    this.#wakeUp.pollIn(pollMs)
    if (clock.elapsed() - this.#housekeptAt >= pollMs) {
      await this.#housekeep()
    }

    const planned = await planner.plan()
    const { nextDueAt, unassigned } = this.#writer.isBehind ? NOTHING : await this.#lanes.fill()
    const unknown = unassigned.filter((id) => !this.#othersTargets.has(id))
    const hasAdopted = unknown.length > 0 && (await this.#adopt(unknown))
    const hasMore = planned > 0 || hasAdopted
    this.#wakeUp.pollWithin(hasMore ? 0 : Math.max(1, nextDueAt - clock.now()))
  }

  /** What has to be looked at now and then: targets that changed, jobs of senders that died. */
  async #housekeep() {
    const { channel, clock, log } = this.#parts
    this.#housekeptAt = clock.elapsed()
    this.#othersTargets = new Set()
    // Taken before it is asked whether the clock was set: by a step that comes after the question,
    // leases that hold would have run out.
    const now = clock.now()
    await this.#followClock()
    const targets = await this.#failing.review()
    this.#lanes.refresh(targets)
    await this.#gatekeeper.review(targets)

    const leasesEndAt = clock.elapsed() < this.#leasesHoldUntil ? null : now
    await this.#parts.planner.handOver()
    const recovered = await recoverOrphans(channel.name, leasesEndAt, isDeadOwner)
    log.recovered(recovered)
    log.tick(clock.now())
  }

  /** When the clock was set, what was stored by it is brought in line. */
  async #followClock() {
    const { channel, clock, log } = this.#parts
    const { stepMs } = this.#steps
    if (stepMs === 0) {
      return
    }
    this.#leasesHoldUntil = clock.elapsed() + LONGEST_LEASE_MS
    if (stepMs < 0) {
      // Retries by the clock as it was, which are not stored yet.
      await this.#writer.written()
      await bringForward(channel.name, stepMs, clock.now())
      await shortenLeases(channel.name, clock.now())
    }
    await this.#failing.move(stepMs)
    this.#steps.accept()
    log.clockSet(stepMs)
  }

  /**
   * Jobs of targets without a lane: the target is new, or out of service, or another process serves
   * it. Answers whether there is something to do about them.
   */
  async #adopt(targetIds: readonly number[]): Promise<boolean> {
    const known = this.#othersTargets
    await this.#housekeep()
    const unassigned = targetIds.filter((id) => !this.#lanes.has(id))
    const outOfService = await this.#parts.channel.outOfService(unassigned)
    await this.#gatekeeper.setAside(outOfService, this.#queue)
    const others = unassigned.filter((id) => !outOfService.includes(id))
    // Without those known before, two of them would be asked about in turns, at every poll.
    this.#othersTargets = new Set([...known, ...others])
    return others.length < targetIds.length
  }

  async #stop() {
    const { channel, clock, stopWithinMs } = this.#parts
    this.#lanes.closeAll()
    await this.#dispatcher.returnReleased()

    const settled = new AbortController()
    const settling = this.#lanes.settled().then(() => settled.abort())
    await clock.sleep(stopWithinMs, settled.signal)
    channel.interrupt()
    await settling

    await this.#dispatcher.returnReleased()
    await this.#writer.drain()
  }
}

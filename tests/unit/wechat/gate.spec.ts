import { test } from '@japa/runner'
import { closedBy, gate } from '#wechat/sending/gate'
import type { GateEvent, GateState } from '#wechat/sending/gate'
import { asksToWrite, keepAliveTime, nextPush } from '#wechat/sending/next_push'
import type { Waiting, Wish } from '#wechat/sending/next_push'
import { seededRandom } from '#tests/support/random'

const [S, M, H] = [1000, 60_000, 3_600_000]
const START = Date.parse('2026-03-01T00:00:00Z')

const NEW: GateState = {
  inboundSeq: 0,
  lastInboundAt: null,
  sendsSinceInbound: 0,
  pushesSinceInbound: 0,
  lastSendAt: null,
  lastPushAt: null,
  keepaliveSentFor: 0,
  refusals: 0,
  refusedAt: null,
  learnedLimit: null,
  learnedWindowMs: null,
  learnedAt: null,
}
const ANY_TIME: Wish = { silence: null, keepsAlive: true }
const some = (events: number): Waiting => ({ events, isFirst: false })

/** A binding and the clock that it goes by. */
function binding() {
  let state = NEW
  let now = START
  const apply = (event: GateEvent) => (state = gate(state, event, now))
  return {
    at: (ms: number) => (now = START + ms),
    write: () => apply({ kind: 'inbound' }),
    push(outcome: 'accepted' | 'refused' | 'unsent' = 'accepted') {
      apply({ kind: 'sending', message: 'digest', asksToWrite: asksToWrite(state, now) })
      apply({ kind: outcome, message: 'digest' })
    },
    reply() {
      apply({ kind: 'sending', message: 'reply', asksToWrite: false })
      apply({ kind: 'accepted', message: 'reply' })
    },
    next: (events = 1, wish = ANY_TIME) => nextPush(state, some(events), wish, now),
    opensAt: (events = 1) => nextPush(state, some(events), ANY_TIME, now).opensAt - START,
    hold: () => closedBy(state, now),
    asks: () => asksToWrite(state, now),
    keepsAliveAt: (wish = ANY_TIME) => keepAliveTime(state, wish, now) - START,
    pushAsSoonAsPossible() {
      now = nextPush(state, some(1), ANY_TIME, now).opensAt
      this.push()
      return now - START
    },
  }
}

test.group('The gate of a binding', () => {
  test('is closed before the first message of the user', ({ assert }) => {
    assert.deepEqual(binding().hold(), { reason: 'first_message', until: null })
  })

  test('lets four pushes go at once, then at growing distance, and holds from the tenth message on', ({
    assert,
  }) => {
    const one = binding()
    one.write()
    const times = Array.from({ length: 10 }, () => one.pushAsSoonAsPossible())

    const distances = times.slice(1).map((time, index) => (time - times[index]!) / M)
    // The eighth asks the user to write, ten hours after the last message.
    assert.deepEqual(
      distances.map((minutes) => Math.round(minutes)),
      [0, 0, 0, 30, 60, 120, 240, 150, 240]
    )
    assert.deepEqual(one.hold(), { reason: 'quota', until: null })
    assert.equal(one.next().opensAt, Infinity)
  })

  test('keeps three seconds from every other message', ({ assert }) => {
    const one = binding()
    one.write()
    one.at(5 * S)
    one.reply()
    assert.equal(one.opensAt(), 8 * S)
  })

  test('counts answers to commands among the messages that a window has', ({ assert }) => {
    const one = binding()
    one.write()
    for (let answers = 0; answers < 10; answers++) one.reply()
    assert.deepEqual(one.hold(), { reason: 'quota', until: null })
  })

  test('opens anew with each message of the user', ({ assert }) => {
    const one = binding()
    one.write()
    for (let sent = 0; sent < 10; sent++) one.pushAsSoonAsPossible()
    one.at(20 * H)
    one.write()
    assert.equal(one.opensAt(), 20 * H + 3 * S)
  })

  test('closes a minute before the window of a day is over', ({ assert }) => {
    const one = binding()
    one.write()
    one.at(24 * H - M - 1)
    assert.isNull(one.hold())
    one.at(24 * H - M)
    assert.deepEqual(one.hold(), { reason: 'window', until: null })
  })

  test('keeps the last message until many wait or the time is worth it, and asks for a word in it', ({
    assert,
  }) => {
    const one = binding()
    one.write()
    for (let answers = 0; answers < 9; answers++) one.reply()
    one.at(11 * M)
    assert.equal(one.opensAt(19), 30 * M)
    assert.equal(one.opensAt(20), 11 * M)
    assert.isTrue(one.asks())
  })

  test('tells what waits before the window ends, whatever the distance', ({ assert }) => {
    const one = binding()
    one.write()
    for (let sent = 0; sent < 7; sent++) one.pushAsSoonAsPossible()
    one.at(23 * H)
    one.push()
    assert.equal(one.opensAt(), 24 * H - 6 * M)
  })

  test('after a refusal lets nothing go for an hour, or until the user writes', ({ assert }) => {
    const one = binding()
    one.write()
    one.at(S)
    one.push('refused')
    assert.deepEqual(one.hold(), { reason: 'throttled', until: START + S + H })
    one.at(S + H)
    assert.isNull(one.hold())

    one.push('refused')
    assert.deepEqual(one.hold(), { reason: 'throttled', until: START + S + 3 * H })
  })

  test('that is refused again after the user wrote waits for the time alone', ({ assert }) => {
    const one = binding()
    one.write()
    one.push('refused')
    one.at(M)
    one.write()
    assert.isNull(one.hold())

    one.push('refused')
    one.at(2 * M)
    one.write()
    assert.deepEqual(one.hold(), { reason: 'throttled', until: START + M + 2 * H })
  })

  test('learns how many messages a binding takes, and forgets it after a week', ({ assert }) => {
    const one = binding()
    one.write()
    for (let sent = 0; sent < 5; sent++) one.pushAsSoonAsPossible()
    one.at(2 * H)
    one.push('refused')

    one.at(20 * H)
    one.write()
    for (let answers = 0; answers < 5; answers++) one.reply()
    assert.equal(one.hold()?.reason, 'quota')
    one.at(8 * 24 * H)
    one.write()
    for (let answers = 0; answers < 5; answers++) one.reply()
    assert.isNull(one.hold())
  })

  test('learns from a refusal of an old window that it ends sooner, and asks sooner', ({
    assert,
  }) => {
    const one = binding()
    one.write()
    assert.equal(one.keepsAliveAt(), 10 * H)
    one.at(10 * H)
    one.push('refused')

    one.at(20 * H)
    one.write()
    one.at(29 * H)
    assert.isNull(one.hold())
    assert.equal(one.keepsAliveAt(), 20 * H + 0.7 * 10 * H)
    one.at(30 * H)
    assert.equal(one.hold()?.reason, 'window')
  })

  test('asks the user to write once in a window, in a digest where there is one', ({ assert }) => {
    const one = binding()
    one.write()
    one.at(10 * H)
    assert.isTrue(one.asks())
    one.push()
    assert.equal(one.keepsAliveAt(), Infinity)
    assert.isFalse(one.asks())
  })

  test('does not ask who does not want to be asked, nor in quiet hours', ({ assert }) => {
    const one = binding()
    one.write()
    one.at(11 * H)
    assert.equal(one.keepsAliveAt({ silence: null, keepsAlive: false }), Infinity)
    const silence = { reason: 'quiet', until: START + 15 * H } as const
    assert.equal(one.keepsAliveAt({ silence, keepsAlive: true }), 15 * H)
    assert.deepEqual(one.next(1, { silence, keepsAlive: true }), {
      opensAt: START + 15 * H,
      hold: 'quiet',
    })
  })

  test('makes no message of what only takes back', ({ assert }) => {
    const one = binding()
    one.write()
    assert.deepEqual(one.next(0), { opensAt: Infinity, hold: null })
  })

  test('does not count what did not leave', ({ assert }) => {
    const one = binding()
    one.write()
    for (let tries = 0; tries < 20; tries++) one.push('unsent')
    assert.isNull(one.hold())
  })
})

/** The other side: what it takes, which the gate does not know. */
function server(random: ReturnType<typeof seededRandom>) {
  const limit = random.between(4, 12)
  const windowMs = random.pick([15, 20, 24, 30]) * H
  const mood = random.pick([0, 0.02, 0.1])
  let opened = -Infinity
  let taken = 0
  let throttledUntil = -Infinity
  return {
    inbound(now: number) {
      opened = now
      taken = 0
    },
    /** Each attempt within a throttle prolongs it. */
    takes(now: number): boolean {
      if (random.chance(mood)) throttledUntil = Math.max(throttledUntil, now + 30 * M)
      const isThrottled = now < throttledUntil
      if (isThrottled) throttledUntil += 10 * M
      const isTaken = !isThrottled && now < opened + windowMs && taken < limit
      if (isTaken) taken++
      return isTaken
    },
  }
}

test.group('Over histories drawn at random, the gate', () => {
  test('never sends when it is closed, is refused once between two reasons to go on, and loses no event', ({
    assert,
  }) => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed)
      const wechat = server(random)
      let state = NEW
      let now = START
      const waiting = new Set<number>()
      const told = new Map<number, number>()
      let planned = 0
      let lastPushAt = -Infinity
      let refusedAt = -Infinity
      let wroteAt = -Infinity

      for (let step = 0; step < 400; step++) {
        now += random.pick([S, 20 * S, 3 * M, 20 * M, 2 * H])
        if (random.chance(0.08)) {
          state = gate(state, { kind: 'inbound' }, now)
          wechat.inbound(now)
          wroteAt = now
        }
        if (random.chance(0.05)) {
          state = gate(state, { kind: 'sending', message: 'reply', asksToWrite: false }, now)
          const kind = wechat.takes(now) ? 'accepted' : 'refused'
          state = gate(state, { kind, message: 'reply' }, now)
        }
        if (random.chance(0.5)) waiting.add(planned++)

        const { opensAt } = nextPush(state, some(waiting.size), ANY_TIME, now)
        if (opensAt > now) continue
        const place = `seed ${seed}, step ${step}`
        assert.isNull(closedBy(state, now), place)
        assert.isAtLeast(now - lastPushAt, 3 * S, place)
        assert.isTrue(wroteAt > refusedAt || now - refusedAt >= H, place)

        state = gate(
          state,
          { kind: 'sending', message: 'digest', asksToWrite: asksToWrite(state, now) },
          now
        )
        lastPushAt = now
        if (wechat.takes(now)) {
          state = gate(state, { kind: 'accepted', message: 'digest' }, now)
          for (const event of waiting) told.set(event, (told.get(event) ?? 0) + 1)
          waiting.clear()
        } else {
          state = gate(state, { kind: 'refused', message: 'digest' }, now)
          refusedAt = now
        }
      }
      assert.isTrue([...told.values()].every((times) => times === 1))
      assert.equal(told.size + waiting.size, planned)
    }
  })
})

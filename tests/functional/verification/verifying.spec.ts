import { readdir } from 'node:fs/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import AuditEvent from '#models/audit_event'
import EvidencePackage from '#models/evidence_package'
import Order from '#models/order'
import PendingEvidence from '#models/pending_evidence'
import VerificationJob from '#models/verification_job'
import { canonicalJson } from '#foundation/text/canonical_json'
import { brokenLink } from '#orders/audit_chain'
import { reviewOrders } from '#orders/review_orders'
import { checkPackage, NotAPackage } from '#verification/evidence/check_package'
import { eraseEvidence } from '#verification/evidence/erase_evidence'
import { failOverdue } from '#verification/jobs/overdue_jobs'
import { queueFilled } from '#verification/jobs/queue_filled'
import { retryFailed } from '#verification/jobs/retry_jobs'
import type { AskVenue } from '#verification/work/gather_raw'
import { emptyDatabase } from '#tests/support/database'
import { LIMITS, record } from '#tests/support/orders'
import { filledOrder, NEVER, newVerifier, TIMEOUT_MS } from '#tests/support/verification'

async function statesOf(orderId: number) {
  const order = await Order.findOrFail(orderId)
  return [order.status, order.verificationStatus]
}

test.group('Verifying', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an order of which both paths tell the same is completed, with a package that anyone can recompute', async ({
    assert,
  }) => {
    const { clock, order, ask } = await filledOrder()
    const { files, verifier } = await newVerifier(clock, ask)

    assert.equal(await queueFilled(clock), 1)
    assert.isTrue(await verifier.workOnNext(NEVER))
    assert.isFalse(await verifier.workOnNext(NEVER))

    assert.deepEqual(await statesOf(order.id), ['completed', 'verified'])
    const [job] = await VerificationJob.all()
    assert.deepInclude(job!.$attributes, { priority: 'high', state: 'succeeded', errorCode: null })
    const [row] = await EvidencePackage.all()
    assert.equal(row!.itemsHash, row!.expectedEvidenceHash)
    assert.equal(row!.completeness, 'proven')
    const text = await files.read(row!.contentHash)
    const checks = checkPackage(text!)
    assert.deepEqual(
      checks.map(({ name, holds }) => [name, holds]),
      checks.map(({ name }) => [name, true])
    )
    assert.includeMembers(
      checks.map(({ name }) => name),
      ['items', 'evidence_hash', 'signature']
    )
    const [event] = await db.from('verification_events')
    assert.deepInclude(event, { result: 'succeeded', evidence_hash: row!.evidenceHash })
    assert.isNull(brokenLink(await AuditEvent.query().where('order_id', order.id).orderBy('id')))
  })

  test('whatever is changed in a package does not hold, and without a signature it says what is only said', async ({
    assert,
  }) => {
    const { clock, ask } = await filledOrder()
    const { files, verifier } = await newVerifier(clock, ask)
    await queueFilled(clock)
    await verifier.workOnNext(NEVER)
    const [row] = await EvidencePackage.all()
    const text = (await files.read(row!.contentHash))!
    const file = JSON.parse(text)
    const holds = (changed: string) => checkPackage(changed).every((check) => check.holds !== false)

    for (const path of leavesOf(file)) {
      const changed = structuredClone(file)
      const last = path.pop()!
      path.reduce((node, key) => node[key], changed)[last] = 'changed'
      try {
        assert.isFalse(holds(canonicalJson(changed)), [...path, last].join('.'))
      } catch (error) {
        assert.instanceOf(error, NotAPackage)
      }
    }
    assert.isFalse(holds(text.replace('{', '{"evidence_uid":"another",')), 'a member twice')
    const unsigned = checkPackage(text.replace(/"signature":\{[^}]*\}/, '"signature":null'))
    assert.isNull(unsigned.find(({ name }) => name === 'signature')!.holds)
  })

  test('evidence of a user who erases the account is gone, file and row, and that of others stays', async ({
    assert,
  }) => {
    const { clock, ask } = await filledOrder()
    const { files, verifier } = await newVerifier(clock, ask)
    await queueFilled(clock)
    await verifier.workOnNext(NEVER)
    await EvidencePackage.query().update({ ownerId: 1 })
    const [row] = await EvidencePackage.all()

    await eraseEvidence(2, files)
    assert.isNotNull(await files.read(row!.contentHash))
    await eraseEvidence(1, files)

    assert.isNull(await files.read(row!.contentHash))
    assert.isEmpty(await EvidencePackage.all())
  })

  test('where the paths differ the fields are named, and it is not tried again', async ({
    assert,
  }) => {
    const { clock, order, ask } = await filledOrder()
    const { verifier } = await newVerifier(clock, ask)
    await Order.query().where('id', order.id).update({ fee: '-1' })
    await db.from('executions').update({ fill_px: '59999' })
    await queueFilled(clock)
    await verifier.workOnNext(NEVER)

    assert.deepEqual(await statesOf(order.id), ['filled', 'failed'])
    const [job] = await VerificationJob.all()
    assert.equal(job!.errorCode, 'hash_mismatch')
    assert.sameMembers(
      (job!.differences as { field: string }[]).map(({ field }) => field),
      ['executions.0.fillPx', 'executions.0.notional', 'order.fee']
    )
    assert.lengthOf(await EvidencePackage.all(), 1)
    assert.lengthOf(await PendingEvidence.all(), 0)
    assert.isEmpty(await retryFailed(50, clock))
    const [event] = await db.from('verification_events')
    assert.include(event.differing_fields, 'order.fee')
  })

  test('what is not recorded yet is tried again, and then owed: three times in the background', async ({
    assert,
  }) => {
    const { clock, order, ask } = await filledOrder()
    const { verifier } = await newVerifier(clock, ask)
    await db.from('okx_bills').delete()
    await queueFilled(clock)

    for (let minutes = 0; minutes < 240; minutes++) {
      while (await verifier.workOnNext(NEVER));
      clock.pass(60_000)
    }

    const jobs = await VerificationJob.query().orderBy('id')
    assert.deepEqual(
      jobs.map(({ priority, state, errorCode }) => [priority, state, errorCode]),
      ['high', 'low', 'low', 'low'].map((priority) => [priority, 'failed', 'not_recorded'])
    )
    assert.deepEqual(
      jobs.map(({ follows }) => follows),
      [null, ...jobs.slice(0, 3).map(({ jobUid }) => jobUid)]
    )
    assert.isAbove(jobs[0]!.attempts, 3)
    const owed = await PendingEvidence.query().orderBy('id')
    assert.deepEqual(
      owed.map(({ followedBy }) => followedBy),
      [...jobs.slice(1).map(({ jobUid }) => jobUid), null]
    )
    assert.deepEqual(await statesOf(order.id), ['filled', 'failed'])
  })

  test('an attempt that takes too long counts as failed, and its late word is not taken', async ({
    assert,
  }) => {
    const { clock, ask } = await filledOrder()
    const slow: AskVenue = async (...asked) => {
      clock.pass(TIMEOUT_MS)
      await failOverdue(clock)
      return ask(...asked)
    }
    const { folder, verifier } = await newVerifier(clock, slow)
    await queueFilled(clock)
    await verifier.workOnNext(NEVER)

    const jobs = await VerificationJob.query().orderBy('id')
    assert.deepEqual(
      jobs.map(({ state, errorCode }) => [state, errorCode]),
      [
        ['failed', 'verification_timeout'],
        ['pending', null],
      ]
    )
    assert.lengthOf(await EvidencePackage.all(), 0)
    const names = await readdir(folder, { recursive: true })
    assert.isEmpty(names.filter((name) => name.endsWith('json')))
  })

  test('evidence that comes after all pays what was owed', async ({ assert }) => {
    const { clock, order, ask } = await filledOrder()
    const { verifier } = await newVerifier(clock, ask)
    await queueFilled(clock)
    await VerificationJob.query().update({ state: 'in_progress', deadline: 1, fence: 1 })
    await failOverdue(clock)
    clock.pass(3_600_000)
    await verifier.workOnNext(NEVER)

    assert.deepEqual(await statesOf(order.id), ['completed', 'verified'])
    const [owed] = await PendingEvidence.all()
    assert.equal(owed!.completedAt, clock.now())
  })

  test('packages of an account follow one another', async ({ assert }) => {
    const { okx, trader, clock, account, ask, pass } = await filledOrder()
    const { verifier } = await newVerifier(clock, ask)
    const { ordId } = trader.place({
      instId: 'BTC-USDT-SWAP',
      tdMode: 'isolated',
      side: 'buy',
      ordType: 'market',
      sz: '2',
    })
    await pass(10_000)
    await forgetBills()
    await record(okx, trader, account, ordId)
    await reviewOrders(LIMITS, clock)
    await queueFilled(clock)
    await verifier.workOnNext(NEVER)
    await verifier.workOnNext(NEVER)

    const packages = await EvidencePackage.query().orderBy('id')
    assert.deepEqual(
      packages.map(({ parentRoot }) => parentRoot),
      [null, packages[0]!.evidenceHash]
    )
  })

  test('what had ended before its account was watched is verified on request only', async ({
    assert,
  }) => {
    const { clock, order, account } = await filledOrder()
    await account.merge({ createdAt: clock.now() }).save()
    await queueFilled(clock)

    assert.deepEqual(await statesOf(order.id), ['filled', 'unwatched'])
    assert.lengthOf(await VerificationJob.all(), 0)
  })
})

const forgetBills = async () => {
  await db.from('okx_bills').delete()
  await db.from('okx_instruments').delete()
}

/** The places of everything in a file that is no object and no list. */
function leavesOf(node: unknown, at: string[] = []): string[][] {
  if (typeof node !== 'object' || node === null) return [at]
  return Object.entries(node).flatMap(([key, value]) => leavesOf(value, [...at, key]))
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import VerificationJob from '#models/verification_job'
import { queueFilled } from '#verification/jobs/queue_filled'
import { commandJson, runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { storeOkxAccount } from '#tests/support/okx'
import { listenAsOkx } from '#tests/support/okx_account'
import { storeOkxAccount as storeHeardAccount, storeOrder } from '#tests/support/orders'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'
import { filledOrder, NEVER, newVerifier } from '#tests/support/verification'

test.group('Commands for OKX and its orders', (group) => {
  group.each.setup(() => emptyDatabase())
  group.tap((each) => each.tags(['@sqlite']))

  test('okx:recover reads an account again, and okx:audit says up to which bill it is complete', async ({
    assert,
    cleanup,
  }) => {
    const { venue } = await listenAsOkx(cleanup)
    const at = venue.addAccount()
    at.transfer('USDT', '1000')
    at.place({ instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: 'buy', sz: '1' })
    at.transfer('USDT', '5')
    const { apiKey, secret, passphrase } = at.key
    const keys = { apiKey, secretKey: secret, passphrase, uid: at.ledger.uid }
    const { id } = await storeOkxAccount(keys)
    const number = String(id)

    const recovered = await runCommand('okx:recover', number, '--since=1h')
    assert.equal(recovered.code, 0, recovered.stderr)
    assert.match(recovered.stdout.join(), /1 orders, 1 fills, 3 bills/)
    const audited = await runCommand('okx:audit', number)
    assert.equal(audited.code, 0, audited.stderr)
    const last = at.ledger.bills.at(-1)!.billId
    assert.include(audited.stdout.join(), `USDT: complete, complete up to bill ${last}, `)

    const hidden = at.ledger.bills[1]!.billId
    at.hiddenBills.add(hidden)
    await db.from('okx_bills').where('bill_id', hidden).delete()
    await db.from('okx_audits').delete()
    const holed = await runCommand('okx:audit', number)
    assert.equal(holed.code, 3)
    assert.include(holed.stdout.join(), 'USDT: holes')
    const unknown = await runCommand('okx:audit', '77')
    assert.include(unknown.stderr, 'There is no active account 77')
  })

  test('orders:expire does what the clock decides, and orders:metrics counts it', async ({
    assert,
  }) => {
    const account = await storeHeardAccount()
    await storeOrder(account, { ordId: '1', deadline: 1, announcedAt: 1 })

    assert.deepEqual(await commandJson('orders:expire'), {
      unconfirmed: 1,
      unfilled: 0,
      overdue: 0,
    })
    const data = await commandJson('orders:metrics')
    assert.containsSubset(data, { events_failed_total: 1, orders_pending_count: 0 })
  })

  test('queues are shown and put in order, failed jobs tried again, and packages recomputed', async ({
    assert,
  }) => {
    const { clock, ask } = await filledOrder()
    const { files, folder, verifier } = await newVerifier(clock, ask)
    await queueFilled(clock)
    const job = await VerificationJob.firstOrFail()
    const shown = await commandJson('verification:queues')
    assert.equal(shown.jobs[0].job_uid, job.jobUid)

    await verifier.workOnNext(NEVER)
    const [row] = await db.from('evidence_packages')
    const file = join(folder, 'package.json')
    const text = (await files.read(row.content_hash))!
    await writeFile(file, text)
    const checked = await runCommand('verification:check', file)
    assert.equal(checked.code, 0, checked.stdout.join('\n'))
    await writeFile(file, text.replace(/"bal_?[cC]hg":"-?\d/, '$&9'))
    const changed = await runCommand('verification:check', file)
    assert.equal(changed.code, 5)
    assert.match(changed.stdout.join('\n'), /^OFF /m)

    await db
      .from('verification_jobs')
      .update({ state: 'failed', error_code: 'verification_timeout' })
    const again = await commandJson('verification:retry', '--failed', '--limit=50')
    assert.lengthOf(again, 1)
    const cleaned = await commandJson('verification:queues', '--clean')
    assert.containsSubset(cleaned, {
      cleaned: { cancelled: 0, released: 0 },
      jobs: [{ job_uid: again[0], queue: 'verification_normal' }],
    })
    const twice = await runCommand('verification:retry', job.jobUid)
    assert.equal(twice.code, 1)
    assert.include(twice.stderr, 'under way, or waits')
  })

  test('what works for a while and is noted for operators ends its process when it is done', async ({
    assert,
    test: self,
  }) => {
    const retry = new RunningProcess(self, [
      ...ACE,
      'verification:retry',
      '--failed',
      '--limit',
      '5',
    ])

    assert.equal(await retry.ended, 0, retry.output)
    assert.include(retry.stdout.join(), '0 queued')
    const [noted] = await db.from('operator_actions')
    assert.containsSubset(noted, { action: 'verification.retry', outcome: 'done' })
  })
})

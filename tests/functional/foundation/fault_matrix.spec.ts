import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { getActiveTest, test } from '@japa/runner'
import { parseEther, type Address } from 'viem'
import accountsConfig from '#config/accounts'
import { systemClock } from '#foundation/clock'
import { ownCommits } from '#foundation/db/commits'
import { NO_CAUSE } from '#models/reasons'
import DepositAddress from '#models/deposit_address'
import { logIn } from '#accounts/login/log_in'
import { issueMessage } from '#accounts/login/login_message'
import { accountFor } from '#billing/ledger/account_for'
import type { Outcome } from '#delivery/outcomes/outcome'
import { storeOutcomes } from '#delivery/outcomes/store_outcomes'
import type { DueJob } from '#delivery/queue/job'
import { bringForward, ClockSteps } from '#delivery/queue/clock_steps'
import { JobQueue } from '#delivery/queue/job_queue'
import { hasUnplanned } from '#delivery/planning/unplanned_facts'
import { channels } from '#start/channels'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { authorized, storeUser } from '#tests/support/api_token'
import { TERMS } from '#tests/support/billing'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { DATABASE_FAULTS } from '#tests/support/database_faults'
import { newPlanner, storeEndpoint } from '#tests/support/delivery'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { quietLog } from '#tests/support/quiet_log'
import { readOnce, scannerOf } from '#tests/support/scanner'
import { someWallet as someone } from '#tests/support/visitor'
import { someWallet } from '#tests/support/wallets'

const FACTS = 3
const BLOCKS = 20
const BNB = parseEther('1')

/** One piece of work of Regou, which is done whole or not at all. */
interface Work {
  /** The table to which it writes at last. */
  table: string
  /** Does it once, or throws. */
  run(): Promise<unknown>
  /** What there is of it, and what there is when it is done. */
  stored(): Promise<unknown>
  done: unknown
  /** It is stored part by part, and each part is announced. */
  isInParts?: boolean
}

const countOf = async (table: string, where: object = {}) => {
  const [row] = await db.from(table).where(where).count('* as n')
  return Number(row.n)
}

async function scan(): Promise<Work> {
  const chain = new TestChain(1)
  chain.mine(BLOCKS)
  const server = await RpcServer.start(chain)
  getActiveTest()?.cleanup(() => server.close())
  const scanner = scannerOf([server.url])
  const run = () => readOnce(scanner)
  const done = placesOf(chain.logsTo(BLOCKS - 2))
  return { table: 'trades', run, stored: storedPlaces, done, isInParts: true }
}

async function plan(): Promise<Work> {
  const endpoint = await storeEndpoint('https://192.88.98.1/')
  for (let fact = 0; fact < FACTS; fact++) await storeLaunch()
  const planner = newPlanner()
  const run = async () => {
    await planner.plan()
    if (await hasUnplanned()) throw new Error('not planned')
  }
  const stored = () => countOf('notification_jobs', { target_id: endpoint.id })
  return { table: 'notification_jobs', run, stored, done: FACTS }
}

const queue = () => new JobQueue('webhook', 'owner', systemClock)

async function claim(): Promise<Work> {
  const { id: targetId } = await storeEndpoint('https://192.88.98.1/')
  for (let fact = 0; fact < FACTS; fact++) await storeLaunch()
  await newPlanner().plan()
  const steps = new ClockSteps(systemClock)
  const run = async () => {
    // As the sender, before it claims.
    if (steps.stepMs < 0) await bringForward('webhook', steps.stepMs, systemClock.now())
    return queue().claim([{ targetId, jobClass: 'first', limit: FACTS }], 60_000)
  }
  const stored = () => countOf('notification_jobs', { status: 'sending' })
  return { table: 'notification_jobs', run, stored, done: FACTS }
}

async function outcome(): Promise<Work> {
  const { run: claimAll } = await claim()
  const jobs = (await claimAll()) as DueJob[]
  const run = () =>
    storeOutcomes({ channel: webhooks, channels, owner: 'owner' }, jobs.map(sent), true)
  const stored = async () => [
    await countOf('delivery_attempts'),
    await countOf('notification_jobs', { status: 'sent' }),
  ]
  return { table: 'delivery_attempts', run, stored, done: [FACTS, FACTS] }
}

function sent(job: DueJob): Outcome {
  const attempt = { startedAt: 1, durationMs: 1, httpStatus: 200, responseHead: null }
  const open = { nextAttemptAt: null, finishedAt: 2, freesOthers: false, ...NO_CAUSE }
  return { job, status: 'sent', ...open, attempt }
}

async function write(client: ApiClient): Promise<Work> {
  const headers = await authorized(['ocr:write'])
  const wallet = someWallet({ create_time: undefined })
  const run = async () => {
    const response = await client.post('/api/v1/ocr/wallets').headers(headers).json(wallet)
    if (response.status() >= 500) throw new Error(`answered ${response.status()}`)
  }
  const stored = () => countOf('ocr_wallet_info')
  return { table: 'ocr_wallet_info', run, stored, done: 1 }
}

async function credit(): Promise<Work> {
  const user = await storeUser(someAddress())
  const address = await DepositAddress.create({
    chainId: 56,
    address: someAddress() as Address,
    derivationIndex: user.id,
    userId: user.id,
    createdAt: 1,
    openingBlock: 1,
    openingBalance: 0n,
    openingNonce: 0,
    seenBlock: 1,
    seenBalance: 0n,
    seenNonce: 0,
  })
  const change = {
    from: { block: 1, balance: 0n, nonce: 0 },
    to: { block: 2, balance: BNB, nonce: 0 },
    since: 1,
    time: Date.now(),
    byCode: false,
    incoming: [],
    outgoing: [],
    delegations: [],
  }
  const run = () =>
    accountFor(address, change, { terms: TERMS, now: systemClock.now(), confirm: async () => {} })
  const stored = async () => [await countOf('payments'), await countOf('entitlements')]
  return { table: 'payments', run, stored, done: [1, 1] }
}

async function logInOnce(): Promise<Work> {
  const wallet = someone()
  const site = { domain: 'localhost', uri: 'http://localhost/login' }
  const settings = { ...accountsConfig, messageLifetimeMs: 3 * 3_600_000 }
  const message = await issueMessage(wallet.address, site, settings, systemClock)
  const signature = await wallet.signMessage({ message })
  const run = () => logIn({ message, signature, site, language: 'en' }, settings, systemClock)
  return { table: 'users', run, stored: () => countOf('users'), done: 1 }
}

const WORK = { scan, plan, claim, outcome, 'an API write': write, credit, 'a login': logInOnce }
const CELLS = DATABASE_FAULTS.flatMap((fault) =>
  Object.entries(WORK).map(([name, prepare]) => ({ name, prepare, fault, is: fault.is }))
)

test.group('Work in a fault', (group) => {
  group.each.setup(() => emptyDatabase())

  test('says nothing that is not so, loses nothing, and goes on after it: {name}, {is}')
    .with(CELLS)
    .run(async ({ assert, client, cleanup }, { prepare, fault }) => {
      quietLog()
      const { table, run, stored, done, isInParts } = await prepare(client)
      const before = await stored()
      let announced = 0
      const count = () => void announced++
      const end = await fault.begin(table)
      ownCommits.on('commit', count)
      cleanup(() => void ownCommits.off('commit', count))

      const isDone = await run().then(
        () => true,
        () => false
      )
      ownCommits.off('commit', count)
      await end()

      if (!fault.mayBeMissed) assert.equal(isDone, Boolean(fault.isBearable))
      if (isInParts) assert.includeMembers(done as string[], (await stored()) as string[])
      else if (!isDone) assert.equal(announced, 0)
      if (isDone || !isInParts) assert.deepEqual(await stored(), isDone ? done : before)
      if (!isDone) {
        await run()
        assert.deepEqual(await stored(), done)
      }
    })
})

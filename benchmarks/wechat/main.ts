import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onSqlite } from '#benchmarks/deliver/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'
import { measure } from '#benchmarks/support/measure'
import type { Measured } from '#benchmarks/support/measure'
import { startPhones } from '#benchmarks/wechat/phones'
import { publish } from '#benchmarks/wechat/publish'
import type { Turn } from '#benchmarks/wechat/publish'

const BINDINGS = 500

type Environment = Record<string, string>

/**
 * What 500 bindings of WeChat cost beside webhooks, what polling them costs while none of their users
 * writes, and how soon each is answered.
 */
export async function run({ isQuick }: { isQuick: boolean }) {
  const folder = await mkdtemp(join(tmpdir(), 'regou-bench-'))
  const turns: Turn[] = []
  try {
    for (let turn = 0; turn < (isQuick ? 1 : 3); turn++) {
      turns.push(await playTurn(folder, isQuick))
    }
    publish(turns, BINDINGS)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function playTurn(folder: string, isQuick: boolean): Promise<Turn> {
  const task = {
    BENCH_FACTS: isQuick ? '4000' : '20000',
    BENCH_PLANNED: 'false',
    BENCH_IDLE_MS: isQuick ? '20000' : '60000',
  }
  const filled = (environment: Environment, work: (ready: Environment) => Promise<Measured>) =>
    withServers(folder, { ...task, ...environment }, async (ready) => {
      await contender('fill', ready)
      return work(ready)
    })
  const [on, off] = [{ BENCH_WECHAT: 'true' }, { BENCH_WECHAT: 'false' }]
  const planned = { BENCH_PLANNED: 'true' }
  const idle = { BENCH_FACTS: '0', ...on }

  return {
    plan: await filled(on, (ready) => contender('plan', ready)),
    planAlone: await filled(off, (ready) => contender('plan', ready)),
    webhooks: await filled({ ...planned, ...on }, sendBeside),
    webhooksAlone: await filled({ ...planned, ...off }, (ready) => contender('webhooks', ready)),
    polls: await filled(idle, (ready) => contender('polls', ready)),
    bare: await withServers(folder, { ...task, ...idle }, (ready) => contender('bare', ready)),
  }
}

/** The sender of webhooks, once `send:wechat` polls all bindings on the same database. */
async function sendBeside(environment: Environment) {
  let begin = () => {}
  const isReady = new Promise<void>((resolve) => (begin = resolve))
  const beside = contender('beside', environment, begin)
  await isReady
  const [sent] = await Promise.all([contender('webhooks', environment), beside])
  return sent
}

/** Gives `work` servers that have seen nothing, and the settings of an empty database. */
async function withServers<T>(
  folder: string,
  environment: Environment,
  work: (environment: Environment) => Promise<T>
): Promise<T> {
  const receiver = await startReceiver()
  const phones = await startPhones(BINDINGS)
  const servers = { BENCH_RECEIVER: receiver.url, BENCH_PHONES: phones.url }
  try {
    return await onSqlite(folder, (sqlite) => work({ ...environment, ...servers, ...sqlite }))
  } finally {
    phones.stop()
    receiver.stop()
  }
}

/** @param onReady is called when the contender says that what counts can begin */
function contender(name: string, environment: Environment, onReady = () => {}) {
  const settings = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    BENCH_CONCURRENCY: '64',
    WEBHOOK_URLS: '',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    ...environment,
  }
  return measure(`benchmarks/wechat/contenders/${name}.ts`, settings, 'regou-sender', onReady)
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startReceiver } from '#benchmarks/deliver/start_receiver'
import { contender, onSqlite } from '#benchmarks/support/stage'
import { startPhones } from '#benchmarks/wechat/phones'
import { publish } from '#benchmarks/wechat/publish'
import type { Turn } from '#benchmarks/wechat/publish'

const BINDINGS = 500

type Environment = Record<string, string>

/** How much of everything there is in a turn. */
interface Size {
  planned: number
  sent: number
  idleMs: number
}

const QUICK: Size = { planned: 1000, sent: 10_000, idleMs: 10_000 }
const FULL: Size = { planned: 20_000, sent: 20_000, idleMs: 60_000 }

/**
 * What 500 bindings of WeChat cost beside webhooks, what polling them costs while none of their users
 * writes, and how soon each is answered.
 */
export async function run({ isQuick }: { isQuick: boolean }) {
  const folder = await mkdtemp(join(tmpdir(), 'regou-bench-'))
  const turns: Turn[] = []
  try {
    for (let turn = 0; turn < (isQuick ? 1 : 3); turn++) {
      turns.push(await playTurn(folder, isQuick ? QUICK : FULL))
    }
    publish(turns, BINDINGS)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function playTurn(folder: string, { planned, sent, idleMs }: Size): Promise<Turn> {
  const [on, off] = [{ BENCH_WECHAT: 'true' }, { BENCH_WECHAT: 'false' }]
  const toPlan = { BENCH_PLANNED: 'false', BENCH_FACTS: String(planned) }
  const toSend = { BENCH_PLANNED: 'true', BENCH_FACTS: String(sent) }
  const idle = { BENCH_IDLE_MS: String(idleMs) }
  const plan = (environment: Environment) => contender('wechat', 'plan', environment)
  const send = (environment: Environment) => contender('wechat', 'webhooks', environment)

  return {
    plan: await filled(folder, { ...toPlan, ...on }, plan),
    planAlone: await filled(folder, { ...toPlan, ...off }, plan),
    webhooksAlone: await filled(folder, { ...toSend, ...off }, send),
    ...(await filled(folder, { ...toSend, ...on, ...idle }, async (environment) => {
      let begin = () => {}
      const isPolling = new Promise<void>((resolve) => (begin = resolve))
      const wechat = contender('wechat', 'wechat', environment, begin)
      await Promise.race([isPolling, wechat])
      const [webhooks, polls] = await Promise.all([send(environment), wechat])
      return { webhooks, polls }
    })),
    bare: await withServers(idle, (environment) => contender('wechat', 'bare', environment)),
  }
}

/** Gives `work` a database that is filled as the settings say. */
function filled<T>(
  folder: string,
  settings: Environment,
  work: (environment: Environment) => Promise<T>
): Promise<T> {
  return withServers(settings, (servers) =>
    onSqlite(folder, async (sqlite) => {
      const environment = { ...servers, ...sqlite }
      await contender('wechat', 'fill', environment)
      return work(environment)
    })
  )
}

/** Gives `work` servers that have seen nothing. */
async function withServers<T>(
  settings: Environment,
  work: (environment: Environment) => Promise<T>
): Promise<T> {
  const receiver = await startReceiver()
  const phones = await startPhones(BINDINGS)
  const servers = { BENCH_RECEIVER: receiver.url, BENCH_PHONES: phones.url }
  try {
    return await work({ ...settings, ...servers })
  } finally {
    phones.stop()
    receiver.stop()
  }
}

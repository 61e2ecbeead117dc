import { getActiveTest } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { DueJob } from '#delivery/queue/job'
import { robotFormats, type RobotFormatName } from '#webhooks/formats/registry'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { HttpSender } from '#webhooks/sending/http_sender'
import { RobotTarget } from '#webhooks/sending/robot_target'
import type { WebhookAnswer } from '#webhooks/sending/response_handler'
import { RobotServer } from '#demo/robots/robot_server'
import { settings } from '#tests/support/delivery'
import { SettableClock } from '#tests/support/settable_clock'

/** The platforms, on a port of their own until the test ends. */
export async function startRobotServer(clock = new SettableClock()) {
  const server = new RobotServer(clock)
  await server.listen()
  getActiveTest()?.cleanup(() => server.close())
  return server
}

interface RobotOptions {
  secret?: string
  /** What the endpoint was given instead. */
  givenSecret?: string
  language?: string
}

/** A group with a robot on its platform, and the endpoint that speaks through it. */
export async function openRobot(
  name: RobotFormatName,
  { secret, givenSecret = secret, language = 'en' }: RobotOptions = {}
) {
  const clock = new SettableClock()
  const server = await startRobotServer(clock)
  const { url, group } = server.addGroup(name)
  group.secret = secret ?? null
  const chatId = robotFormats[name].takes.chatId ? group.chatId : null
  const { endpoint } = await addEndpoint(
    { url, format: name, robotSecret: givenSecret ?? null, chatId, language },
    settings,
    clock
  )
  const httpSender = new HttpSender(settings.allowedNetworks)
  getActiveTest()?.cleanup(() => httpSender.close())
  const stored = await WebhookEndpoint.findOrFail(endpoint.id)
  const target = new RobotTarget(stored, settings.retry, httpSender, 'Regou')

  return {
    clock,
    url,
    group,
    endpoint: stored,
    target,
    send: (jobs: readonly DueJob[]) => target.prepare(jobs, clock.now()).send(),
    /** Whether it is accepted. */
    tell: async (jobs: readonly DueJob[]) => {
      const { kind } = await target.prepare(jobs, clock.now()).send()
      return kind === 'accepted'
    },
    judge: (answer: WebhookAnswer) => robotFormats[name].judge(answer, clock.now()),
  }
}

/** A job that tells of a launch which is not stored. */
export function launchJob(index: number, fact: object = {}): DueJob {
  const hex = (index + 1).toString(16)
  return {
    id: index,
    targetId: 1,
    factType: 'launch',
    factId: index,
    eventId: `evt_${index}`,
    eventType: 'launch.graduated',
    tokenAddress: '',
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 0,
    leaseUntil: 0,
    fact: {
      id: index,
      source: 'four',
      kind: 'created',
      symbol: `TOKEN${index}`,
      name: `Token ${index}`,
      token_address: `0x${hex.padStart(40, '0')}`,
      creator: `0x${'1'.repeat(40)}`,
      launch_tx: `0x${hex.padStart(64, '0')}`,
      block_hash: `0x${'2'.repeat(64)}`,
      chain_id: 56,
      block_number: index,
      log_index: 0,
      event_time: 1_700_000_000_000 + index,
      ...fact,
    },
  } as DueJob
}

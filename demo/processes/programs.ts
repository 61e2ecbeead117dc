import { dirname, join } from 'node:path'
import type { DemoEnvironment } from '#demo/processes/environment'
import type { DemoTime } from '#demo/processes/demo_time'
import type { Program } from '#demo/processes/supervised'

/** Those that are there for accounts at OKX. */
type OkxProgram = 'okx' | 'orders' | 'verify'

/** What the demo runs: the same programs as in production, and a receiver of webhooks. */
export function programs(
  root: string,
  { variables, databasePath, receiverPort, webhookSecret }: DemoEnvironment,
  time: DemoTime,
  onReceived: (line: string) => void
): Record<
  | ('receiver' | 'sender' | 'scanner' | 'payments' | 'wechat' | 'telegram' | 'tron')
  | (OkxProgram | 'web'),
  Program
> {
  const env = { ...variables, ...time.variables }
  const node = { command: process.execPath, cwd: root, env }
  const receiver = {
    ...env,
    PORT: String(receiverPort),
    WEBHOOK_SECRET: webhookSecret,
    INBOX: join(dirname(databasePath), 'inbox'),
  }

  return {
    receiver: {
      ...node,
      name: 'receiver',
      args: ['receiver.js'],
      cwd: join(root, 'examples/receivers/node'),
      env: receiver,
      onLine: onReceived,
    },
    sender: { ...node, name: 'sender', args: ['ace.js', 'send:webhooks'] },
    scanner: { ...node, name: 'scanner', args: ['ace.js', 'scan:chain'] },
    payments: { ...node, name: 'payments', args: ['ace.js', 'scan:payments'] },
    wechat: { ...node, name: 'wechat', args: ['ace.js', 'send:wechat'] },
    telegram: { ...node, name: 'telegram', args: ['ace.js', 'send:telegram'] },
    tron: { ...node, name: 'tron', args: ['ace.js', 'scan:tron'] },
    okx: { ...node, name: 'okx', args: ['ace.js', 'scan:okx'] },
    orders: { ...node, name: 'orders', args: ['ace.js', 'monitor:orders'] },
    verify: { ...node, name: 'verify', args: ['ace.js', 'verify:orders'] },
    web: { ...node, name: 'web', args: ['--import=./bin/typescript.js', 'bin/server.ts'] },
  }
}

import { dirname, join } from 'node:path'
import type { DemoEnvironment } from '#demo/processes/environment'
import type { Program } from '#demo/processes/supervised'

/** What the demo runs: the same programs as in production, and a receiver of webhooks. */
export function programs(
  root: string,
  { variables, databasePath, receiverPort, webhookSecret }: DemoEnvironment,
  onReceived: (line: string) => void
): Record<'receiver' | 'sender' | 'scanner' | 'payments' | 'web', Program> {
  const node = { command: process.execPath, cwd: root, env: variables }
  const receiver = {
    ...variables,
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
    web: { ...node, name: 'web', args: ['--import=@poppinss/ts-exec', 'bin/server.ts'] },
  }
}

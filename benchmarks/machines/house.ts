import type { Machine, Network, Service } from '#benchmarks/machines/network'

const PROGRAMS = {
  web: ['--import=./bin/typescript.js', 'bin/server.ts'],
  sender: ['ace.js', 'send:webhooks'],
  scanner: ['ace.js', 'scan:chain'],
}

/** A machine, and how its process is started, again too. */
export interface Running {
  made: Machine
  start: () => void
}

/** What the drill is about: two of each process, and what they share. */
export interface House extends Record<keyof typeof MACHINES, Running> {
  database: Service
  store: Service
  node: Service
  receiver: Service
  /** Where those listen on this machine. */
  ports: Ports
}

const MACHINES = {
  web: 'web',
  web2: 'web',
  sender: 'sender',
  sender2: 'sender',
  scanner: 'scanner',
  scanner2: 'scanner',
} as const

interface Ports {
  database: number
  store: number
  node: number
}

/** @param base the settings that all processes share, without where things are */
export async function startHouse(
  network: Network,
  ports: Ports,
  base: NodeJS.ProcessEnv,
  databasePath: string
): Promise<House> {
  const service = () => network.service()
  const shared = { database: service(), store: service(), node: service(), receiver: service() }
  await shared.database.passOn(5432, ports.database)
  await shared.store.passOn(6379, ports.store)
  await shared.node.passOn(8545, ports.node)

  const variables = {
    ...base,
    DB_CONNECTION: 'pg',
    DATABASE_URL: `postgres://regou@${shared.database.address}:5432${databasePath}`,
    REDIS_URL: `redis://${shared.store.address}:6379`,
    BSC_RPC_URL: `http://${shared.node.address}:8545`,
    WEBHOOK_URLS: `http://${shared.receiver.address}:9000/`,
    WEBHOOK_ALLOWED_NETWORKS: '10.77.0.0/24',
  }
  const migrating = network.machine('migrating')
  migrating.start(['ace.js', 'migration:run', '--force', '--no-schema-generate'], variables)
  await migrating.ended()

  const run = ([name, program]: [string, keyof typeof PROGRAMS]) => {
    const made = network.machine(name)
    const start = () => made.start(PROGRAMS[program], variables)
    start()
    return [name, { made, start }]
  }
  const machines = Object.fromEntries(Object.entries(MACHINES).map(run))
  return { ...machines, ...shared, ports } as House
}

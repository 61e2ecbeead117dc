import type { RedisConnectionConfig } from '@adonisjs/redis/types'
import { redisPlace } from '#foundation/redis/redis_place'
import env from '#start/env'

/** How long Redis may take to be reached, and to answer a command, in milliseconds. */
const CONNECT_MS = 1000
const ANSWER_MS = 500

const url = env.get('REDIS_URL')

/**
 * What web processes on several machines share: what limits have counted, and answers that are kept. Not
 * set: each process counts and keeps for itself. A request never waits for a Redis that is away: commands
 * fail at once while there is no connection, and one that fell silent is given up.
 */
const redisConfig = {
  connection: 'main' as const,
  connections: {
    main: {
      ...(url === undefined ? {} : redisPlace(url)),
      connectTimeout: CONNECT_MS,
      commandTimeout: ANSWER_MS,
      socketTimeout: CONNECT_MS,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times: number) => Math.min(times * 100, 2000),
    } satisfies RedisConnectionConfig,
  },
}

export default redisConfig

declare module '@adonisjs/redis/types' {
  interface RedisConnections {
    main: RedisConnectionConfig
  }
}

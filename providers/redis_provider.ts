import type { ApplicationService } from '@adonisjs/core/types'
import type { RedisConnectionConfig, RedisService } from '@adonisjs/redis/types'
import redisConfig from '#config/redis'
import { systemClock } from '#foundation/clock'
import { WatchedRedis } from '#foundation/redis/watched_redis'
import env from '#start/env'

declare module '@adonisjs/core/types' {
  interface ContainerBindings {
    redis: RedisService
  }
}

/** Redis where REDIS_URL names one: its client is not loaded otherwise. */
export default class RedisProvider {
  #watched?: WatchedRedis

  constructor(protected app: ApplicationService) {}

  register() {
    if (env.get('REDIS_URL') === undefined) return

    this.app.container.singleton('redis', async () => {
      const { RedisManager } = await import('@adonisjs/redis')
      const logger = await this.app.container.make('logger')
      const manager = new RedisManager<{ main: RedisConnectionConfig }>(redisConfig, logger)
      manager.doNotLogErrors()
      const connection = manager.connection('main')
      // Who listens there is told of errors, which end the process otherwise.
      connection.on('error', () => {})
      this.#watched = new WatchedRedis(connection.ioConnection, logger, systemClock)
      this.app.container.bindValue(WatchedRedis, this.#watched)
      return manager as unknown as RedisService
    })
  }

  /** Connected to before the first request. One that is away is no reason not to start. */
  async boot() {
    if (env.get('REDIS_URL') !== undefined) await this.app.container.make('redis')
  }

  async shutdown() {
    this.#watched?.close()
  }
}

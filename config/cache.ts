import { defineConfig, drivers, store } from '@adonisjs/cache'
import env from '#start/env'

/** Answers in memory, at most. */
export const MOST_KEPT = 5_000

const hasRedis = env.get('REDIS_URL') !== undefined

/** With a second layer the first one has to keep text: it is filled with what the second answers. */
const memory = store({ prefix: 'regou:cache', l2CircuitBreakerDuration: '2s' }).useL1Layer(
  drivers.memory({ maxItems: MOST_KEPT, serialize: hasRedis })
)

/**
 * Answers that are kept so that many readers cost the database one read. In memory, because a commit
 * tells every process what is stale (docs/adr/0050); where there is Redis, also there, so that the web
 * processes of several machines ask the database once. It is not asked while it does not answer.
 */
const records = hasRedis ? memory.useL2Layer(drivers.redis({ connectionName: 'main' })) : memory

const cacheConfig = defineConfig({ default: 'records', stores: { records } })

export default cacheConfig

declare module '@adonisjs/cache/types' {
  interface CacheStores extends InferStores<typeof cacheConfig> {}
}

import { defineConfig, drivers, store } from '@adonisjs/cache'

/** Answers in memory, at most. */
export const MOST_KEPT = 5_000

/**
 * Answers that are kept so that many readers cost the database one read. In memory, because a commit
 * tells every process what is stale (docs/adr/0050). For a second layer in Redis that outlives a
 * restart: `npm install @adonisjs/redis`, configure its connection, and add
 * `.useL2Layer(drivers.redis({ connectionName: 'main' }))` to the store.
 */
const cacheConfig = defineConfig({
  default: 'records',
  stores: {
    records: store().useL1Layer(drivers.memory({ maxItems: MOST_KEPT, serialize: false })),
  },
})

export default cacheConfig

declare module '@adonisjs/cache/types' {
  interface CacheStores extends InferStores<typeof cacheConfig> {}
}

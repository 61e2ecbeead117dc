import type { ApplicationService } from '@adonisjs/core/types'
import { RecordCache } from '#feed/tron/record_cache'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { WatchedRedis } from '#foundation/redis/watched_redis'
import env from '#start/env'

export default class TronRecordsProvider {
  constructor(protected app: ApplicationService) {}

  /** One cache of records per process, made for its first question. */
  register() {
    this.app.container.singleton(RecordCache, async (resolver) => {
      const cache = await resolver.make('cache.manager')
      const commits = await resolver.make(SharedCommitWatcher)
      const redis = env.get('REDIS_URL') === undefined ? null : await resolver.make(WatchedRedis)
      const records = new RecordCache(cache, commits, redis)
      this.app.terminating(() => records.close())
      return records
    })
  }
}

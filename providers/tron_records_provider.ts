import type { ApplicationService } from '@adonisjs/core/types'
import { RecordCache } from '#feed/tron/record_cache'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'

export default class TronRecordsProvider {
  constructor(protected app: ApplicationService) {}

  /** One cache of records per process, made for its first question. */
  register() {
    this.app.container.singleton(RecordCache, async (resolver) => {
      const cache = await resolver.make('cache.manager')
      const records = new RecordCache(cache, await resolver.make(SharedCommitWatcher))
      this.app.terminating(() => records.close())
      return records
    })
  }
}

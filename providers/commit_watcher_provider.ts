import type { ApplicationService } from '@adonisjs/core/types'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'

export default class CommitWatcherProvider {
  constructor(protected app: ApplicationService) {}

  /** One watcher per process, made for its first listener; its end ends their streams. */
  register() {
    this.app.container.singleton(SharedCommitWatcher, () => {
      const commits = new SharedCommitWatcher()
      this.app.terminating(() => commits.close())
      return commits
    })
  }
}

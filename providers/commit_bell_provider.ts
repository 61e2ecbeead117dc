import type { ApplicationService } from '@adonisjs/core/types'
import { CommitBell } from '#foundation/db/commit_bell'

export default class CommitBellProvider {
  constructor(protected app: ApplicationService) {}

  /** One bell per process, made for its first listener; its end ends their streams. */
  register() {
    this.app.container.singleton(CommitBell, () => {
      const bell = new CommitBell()
      this.app.terminating(() => bell.close())
      return bell
    })
  }
}

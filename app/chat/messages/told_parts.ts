import type { FactRow } from '#facts/define_fact'
import { isRemoval, type Announcement } from '#facts/registry'
import { isAccountNotice } from '#chat/messages/account_notice'

interface ToldJob {
  factType: Announcement
  fact: FactRow
}

/** Jobs by where a digest tells of them: the user's own account, what was taken back, what happened. */
export function toldParts<Job extends ToldJob>(jobs: readonly Job[]) {
  const { removed = [], notices = [], events = [] } = Object.groupBy(jobs, partOf)
  return { removed, notices, events }
}

function partOf({ factType, fact }: ToldJob) {
  if (isAccountNotice(factType, fact)) return 'notices'
  return isRemoval(factType) ? 'removed' : 'events'
}

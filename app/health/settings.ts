/** What counts as healthy. All times are in milliseconds. */
export interface PushHealthSettings {
  /** False where no webhook is sent by intent. */
  isPushing: boolean
  /** False where no WeChat is polled or sent to by intent. */
  isWechat: boolean
  /** False where there is no bot of Telegram. */
  isTelegram: boolean
  /** False where no chain is read by intent: no RPC endpoint is named. */
  isScanning: boolean
  /** The chain that is read. */
  chainId: number
  /** How much of the past a check looks at, unless it is told. */
  lookbackMs: number
  /** How long a push may be on its way before it counts as missing. */
  settleMs: number
  /** Less of what was due has arrived. */
  coverage: { degradedBelow: number; criticalBelow: number }
  /** The scanner or the planner has done nothing for so long. */
  silence: { degradedMs: number; criticalMs: number }
  /** Where backups lie, and how old the newest may become. */
  backups: { folder: string; oldestMs: number }
  /** A process that lives has not got ahead for so long. */
  stuckMs: number
  /** A push that was never tried, or an endpoint of the operator that accepts nothing, waits so long. */
  backlogMs: number
  /** Of a hundred pushes five take so long from planned to accepted. */
  slowMs: number
  /** A scanner that is so many blocks behind its head is behind. */
  behindBlocks: number
  /**
   * A head whose time is so far from the clock is not the chain's newest, where blocks come every moment
   * and are final soon. Null where they are not.
   */
  untimelyMs: number | null
  /**
   * So many blocks in a row without a log of any source cannot be, where venues are read that are
   * never quiet for so long. Null where they may be.
   */
  withoutLogs: { degradedBlocks: number; criticalBlocks: number } | null
  /** The time between two polls of sources that are polled. */
  pollMs: number
  /** How long blocks may be unread before that is a finding: most gaps close by themselves. */
  gapMs: number
  /** How long checks are kept. */
  retentionMs: number
}

/** The stretch of time that a check judges, in epoch milliseconds; `until` is not included. */
export interface Window {
  since: number
  until: number
}

/** The last `lookbackMs`, without what is too young to have arrived. All in milliseconds. */
export function windowBefore(now: number, lookbackMs: number, settleMs: number): Window {
  const until = now - settleMs
  return { since: until - lookbackMs, until }
}

/** The proof for a range of blocks: what is on the chain against what is stored. */
export interface AuditResult {
  fromBlock: number
  toBlock: number
  /** Logs that are facts, or that could not be decoded. */
  logsOnChain: number
  factsStored: number
  /** On the chain but not stored; they are stored now. */
  missing: number
  /** Stored but proven not to be on the chain; they are marked as removed now. */
  phantom: number
  /** Stored with another content than their logs have; taken back now, and stored as they are. */
  altered: number
  repaired: number
  /** Blocks that no endpoint could give. */
  unreadable: number
  /** Blocks of which something is stored that was not shown so, and is not proven to be gone or altered. */
  unproven: number
  /** More than the limit would have been taken back, so nothing was. */
  stopped: boolean
}

export function emptyResult(fromBlock: number, toBlock: number): AuditResult {
  return {
    fromBlock,
    toBlock,
    logsOnChain: 0,
    factsStored: 0,
    missing: 0,
    phantom: 0,
    altered: 0,
    repaired: 0,
    unreadable: 0,
    unproven: 0,
    stopped: false,
  }
}

/** What an audit found, in lines for people. Empty when the stored facts are those of the chain. */
export function auditFindings(result: AuditResult): string[] {
  const { missing, phantom, altered, repaired, stopped, factsStored } = result
  const unchecked = result.unreadable + result.unproven
  const lines: string[] = []

  if (stopped) {
    lines.push(
      `stopped: ${phantom + altered} of ${factsStored} facts would have been taken back, which is too much to be true. ` +
        `None was: check the endpoints, then accept it with scan:holds, or run scan:audit with a higher --limit`
    )
  } else if (missing + phantom + altered > 0) {
    lines.push(`${missing} missing, ${phantom} phantom, ${altered} altered, ${repaired} repaired`)
  }
  if (unchecked > 0) {
    lines.push(`could not be checked: ${unchecked} blocks`)
  }
  return lines
}

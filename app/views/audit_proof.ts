import { auditFindings, type AuditResult } from '#collectors/evm/audit_result'

/** Exit codes: blocks could not be checked; the stored facts differed; too much would be taken back. */
const INCOMPLETE = 3
const DIFFERENT = 4
const STOPPED = 5

/** The proof of an audit, for a terminal: the figures, what was found, and a verdict. */
export function auditLines(result: AuditResult): string[] {
  const figures: [string, string | number][] = [
    ['blocks covered', `${result.fromBlock} to ${result.toBlock}`],
    ['logs on the chain', result.logsOnChain],
    ['facts stored', result.factsStored],
    ['missing', result.missing],
    ['phantom', result.phantom],
    ['altered', result.altered],
    ['repaired', result.repaired],
    ['blocks unreadable', result.unreadable],
    ['blocks unproven', result.unproven],
  ]
  return [
    ...figures.map(([name, value]) => `${name.padEnd(20)}${value}`),
    ...auditFindings(result).map((finding) => `${finding}.`),
    verdictOn(result),
  ]
}

/** The proof as programs read it. */
export function auditProof(result: AuditResult) {
  return { holds: holds(result), ...result }
}

/** What the proof says as an exit code: 0 where it holds. */
export function auditExitCode(result: AuditResult): number {
  if (result.stopped) {
    return STOPPED
  }
  if (differ(result)) {
    return DIFFERENT
  }
  return holds(result) ? 0 : INCOMPLETE
}

function verdictOn(result: AuditResult): string {
  if (differ(result)) {
    return 'It does not hold.'
  }
  return holds(result) ? 'It holds.' : 'The rest holds.'
}

function differ({ missing, phantom, altered }: AuditResult): boolean {
  return missing + phantom + altered > 0
}

function holds(result: AuditResult): boolean {
  return auditFindings(result).length === 0
}

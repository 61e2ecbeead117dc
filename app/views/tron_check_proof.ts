import type TronAccountCheck from '#models/tron_account_check'

/** Exit codes: could not be compared; differs. */
const EXIT_CODES = { agrees: 0, unknown: 3, differs: 5 } as const

export function checkExitCode({ verdict }: TronAccountCheck): number {
  return EXIT_CODES[verdict]
}

/** The proof in lines for people; amounts in sun. */
export function checkLines(check: TronAccountCheck): string[] {
  const { address, verdict, reason, fromBlock, toBlock, state, expected } = check
  const why = reason ? ` (${reason})` : ''
  return [
    `${address}: ${verdict}${why}, blocks ${fromBlock} to ${toBlock}`,
    `has      ${JSON.stringify(state)}`,
    ...(expected ? [`expected ${JSON.stringify(expected)}`] : []),
  ]
}

/** The proof for programs; amounts in sun as text. */
export function checkProof(check: TronAccountCheck) {
  const { address, verdict, reason, fromBlock, toBlock, state, expected } = check
  return { address, verdict, reason, from_block: fromBlock, to_block: toBlock, state, expected }
}

import TronAccountCheck from '#models/tron_account_check'

/** The newest check of an account with what it found, and up to which block one last found no difference. */
export async function newestCheck(chainId: number, address: string) {
  const ofAccount = () => TronAccountCheck.query().where({ chainId, address }).orderBy('id', 'desc')
  const check = await ofAccount().first()
  if (!check) {
    return null
  }
  const agreed = await ofAccount().where('verdict', 'agrees').first()
  return {
    verdict: check.verdict,
    reason: check.reason,
    detail: check.detail,
    from_block: check.fromBlock,
    to_block: check.toBlock,
    state: check.state,
    expected: check.expected,
    difference: check.difference,
    agreed_to_block: agreed?.toBlock ?? null,
    created_at: check.createdAt,
  }
}

/** The newest check of each of some accounts, by address. */
export async function newestChecks(
  chainId: number,
  addresses: readonly string[]
): Promise<Map<string, TronAccountCheck>> {
  const newest = TronAccountCheck.query()
    .where({ chainId })
    .whereIn('address', [...addresses])
    .groupBy('address')
    .max('id')
  const checks = await TronAccountCheck.query().whereIn('id', newest)
  return new Map(checks.map((check) => [check.address, check]))
}

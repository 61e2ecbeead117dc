import { TRON_RESOURCES } from '#facts/on_tron'
import type { newestCheck } from '#feed/tron/account_checks'
import type { Viewer } from '#http/viewer'
import { exactTrxView, trxView } from '#views/trx_view'

type Check = NonNullable<Awaited<ReturnType<typeof newestCheck>>>

/** Sun as text by resource, as checks store them. */
interface Sums {
  staked?: Record<string, string>
  delegated?: Record<string, string>
  unfreezing?: string
}

/** Whether the balances of an account are what its records say, sum by sum. */
export function tronCheckView(check: Check, { locale, localTime }: Viewer) {
  const [has, expected] = [flat(check.state), check.expected && flat(check.expected)]
  const differs = check.difference ?? {}
  return {
    verdict: check.verdict,
    says: check.reason ?? check.verdict,
    from: check.from_block,
    to: check.to_block,
    agreedTo: check.verdict === 'agrees' ? null : check.agreed_to_block,
    time: localTime(check.created_at),
    sums: [...has]
      .filter(([name, sun]) => sun !== '0' || (expected?.get(name) ?? '0') !== '0')
      .map(([name, sun]) => {
        const [what, resource] = name.split('.')
        const records = expected?.get(name)
        // Rounded, two that differ may look alike.
        const isDifferent = name in differs
        const view = isDifferent ? exactTrxView : trxView
        return {
          what,
          resource,
          isDifferent,
          has: view(sun, locale),
          records: records === undefined ? null : view(records, locale),
        }
      }),
  }
}

/** By `staked.ENERGY`, `delegated.ENERGY`, `unfreezing`: the names that differences have. */
function flat({ staked = {}, delegated = {}, unfreezing = '0' }: Sums): Map<string, string> {
  const named = (what: string, sums: Record<string, string>) =>
    TRON_RESOURCES.map((resource) => [`${what}.${resource}`, sums[resource] ?? '0'] as const)
  return new Map([
    ...named('staked', staked),
    ...named('delegated', delegated),
    ['unfreezing', unfreezing],
  ])
}

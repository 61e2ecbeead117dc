import type { FactRow } from '#facts/define_fact'
import { factTypes, type FactType } from '#facts/registry'
import { TRON_RESOURCES } from '#facts/on_tron'
import TronAccount from '#models/tron_account'
import type { ChatKind } from '#chat/kinds/chat_kind'
import { textField } from '#chat/kinds/fact_filter'
import { readTronEntries, SUN_PER_TRX } from '#chat/kinds/tron_entry'

const FACT_TYPES: readonly FactType[] = ['tron_stake', 'tron_delegation', 'tron_ready']

/**
 * What accounts of TRON do with their stake. Who is told is decided before: users with a paid plan, of
 * accounts that they watch. A pool delegates hundreds of times a day, so that begins switched off.
 */
export const tron: ChatKind = {
  name: 'tron',
  factTypes: FACT_TYPES,
  concerns: async (userId) => (await TronAccount.findBy('owner_id', userId)) !== null,
  places: () => [{ name: 'tron', label: 'TRON' }],
  happenings: {
    staked: { atFirst: '', words: ['staked', 'stake', 'freeze', '质押'] },
    unstaked: { atFirst: '', words: ['unstaked', 'unstake', 'unfreeze', '解除质押', '解押'] },
    withdrawn: { atFirst: '', words: ['withdrawn', 'withdraw', '提取'] },
    unstake_cancelled: { atFirst: '', words: ['unstake_cancelled', 'cancelled', '取消解除'] },
    unstake_ready: { atFirst: '', words: ['unstake_ready', 'ready', '可提取'] },
    delegated: { atFirst: false, words: ['delegated', 'delegate', '委托'] },
    undelegated: { atFirst: false, words: ['undelegated', 'undelegate', '收回委托', '收回'] },
  },
  fields: {
    address: textField((record) => addressesOf(record)),
    owner: textField(({ owner_address: owner }) => [lower(owner)]),
    receiver: textField(({ receiver_address: receiver }) => [lower(receiver)]),
    resource: (wanted) =>
      wanted.split(',').every(isResource) ? textField(resourceOf)(wanted) : null,
    amount: atLeast,
  },
  plainField: 'address',
  followed: () => [],
  readEntries: readTronEntries,
}

/** `amount:1000`: 1,000 TRX or more. What is not known is not enough. */
function atLeast(wanted: string) {
  const trx = wanted.replaceAll(',', '')
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(trx)) {
    return null
  }
  const [whole = '', fraction = ''] = trx.split('.')
  const least = BigInt(whole) * SUN_PER_TRX + BigInt(fraction.padEnd(6, '0'))
  return ({ amount }: FactRow) => amount !== null && BigInt(String(amount)) >= least
}

function isResource(wanted: string): boolean {
  return TRON_RESOURCES.some((resource) => resource.toLowerCase() === wanted)
}

function resourceOf({ resource_type: resource }: FactRow): string[] {
  return [lower(resource)]
}

function addressesOf(record: FactRow): string[] {
  const columns = new Set(FACT_TYPES.flatMap((type) => factTypes[type].watchColumns ?? []))
  return [...columns].map((column) => lower(record[column]))
}

function lower(text: unknown): string {
  return String(text ?? '').toLowerCase()
}

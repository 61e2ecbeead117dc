import type { FactRow } from '#facts/define_fact'
import OkxAccount from '#models/okx_account'
import type { ChatKind } from '#chat/kinds/chat_kind'
import { textField } from '#chat/kinds/fact_filter'
import { readOkxEntries } from '#chat/kinds/okx_entry'

/**
 * What happens on accounts at OKX, to their owners alone, whatever their plan. What is filled, closed or
 * verified comes one by one; each step of it only when asked for.
 */
export const okx: ChatKind = {
  name: 'okx',
  factTypes: ['okx_order', 'okx_execution', 'okx_position', 'okx_balance', 'verification'],
  concerns: async (userId) => (await accountOf(userId)) !== null,
  places: () => [{ name: 'okx', label: 'OKX' }],
  happenings: {
    order_filled: { atFirst: '', words: ['filled', 'fill', '成交'] },
    order_updated: { atFirst: false, words: ['orders', 'order', '订单'] },
    order_algo: { atFirst: false, words: ['algo', 'stops', '策略委托'] },
    execution_reported: { atFirst: false, words: ['executions', 'execution', '逐笔'] },
    position_closed: { atFirst: '', words: ['closed', '平仓'] },
    position_changed: { atFirst: false, words: ['positions', 'position', '持仓'] },
    balance_changed: { atFirst: false, words: ['balances', 'balance', '余额'] },
    verification_succeeded: { atFirst: '', words: ['verified', '验证通过'] },
    verification_failed: { atFirst: '', words: ['unverified', '验证失败'] },
  },
  fields: {
    instrument: textField(({ inst_id: instrument }) => [lower(instrument)]),
    side: textField(({ side }) => [lower(side)]),
    account: textField(({ account_uid: uid }) => [lower(uid)]),
    ccy: textField(({ ccy, fee_ccy: feeCcy }: FactRow) => [lower(ccy ?? feeCcy)]),
  },
  plainField: 'instrument',
  followed: () => [],
  readEntries: readOkxEntries,
}

function accountOf(userId: number): Promise<OkxAccount | null> {
  return OkxAccount.query().where('owner_id', userId).whereNull('removed_at').select('id').first()
}

function lower(text: unknown): string {
  return String(text ?? '').toLowerCase()
}

import type { Viewer } from '#http/viewer'
import OkxAccount from '#models/okx_account'
import TronAccount from '#models/tron_account'
import WechatBotBinding from '#models/wechat_bot_binding'
import { WITHOUT_KEYS } from '#collectors/okx/accounts/account_list'
import {
  textCell,
  timeCell,
  wordCell,
  type ListCell,
  type ListView,
} from '#views/operator/list_view'

export const ACCOUNT_KINDS = ['tron', 'okx', 'wechat'] as const

export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** Accounts of one kind, of all owners, the newest first. */
export type WatchedAccounts =
  | { kind: 'tron'; rows: TronAccount[] }
  | { kind: 'okx'; rows: OkxAccount[] }
  | { kind: 'wechat'; rows: WechatBotBinding[] }

export async function watchedAccounts(
  kind: AccountKind,
  { before, limit }: { before?: number; limit: number }
): Promise<WatchedAccounts> {
  const upTo = before ?? Number.MAX_SAFE_INTEGER
  switch (kind) {
    case 'tron':
      return {
        kind,
        rows: await TronAccount.query().where('id', '<', upTo).orderBy('id', 'desc').limit(limit),
      }
    case 'okx': {
      const accounts = OkxAccount.query().select(WITHOUT_KEYS).whereNull('removed_at')
      return {
        kind,
        rows: await accounts.where('id', '<', upTo).orderBy('id', 'desc').limit(limit),
      }
    }
    case 'wechat': {
      // Tokens are sealed, and nothing here has a use for them.
      const bindings = WechatBotBinding.query().select(BINDING_COLUMNS).where('id', '<', upTo)
      return { kind, rows: await bindings.orderBy('id', 'desc').limit(limit) }
    }
  }
}

const BINDING_COLUMNS = [
  ...['id', 'user_id', 'status', 'reason', 'bound_at', 'last_poll_at', 'last_inbound_at'],
  ...['last_push_at', 'ended_at'],
]

const HOME = '/operator/accounts'

/** Whose it is. */
const ownerCell = (id: number | null): ListCell =>
  id === null ? wordCell('owner.operator') : { text: String(id), href: `/operator/users/${id}` }

export function accountList(accounts: WatchedAccounts, viewer: Viewer): ListView {
  switch (accounts.kind) {
    case 'tron':
      return tronList(accounts.rows, viewer)
    case 'okx':
      return okxList(accounts.rows, viewer)
    case 'wechat':
      return bindingList(accounts.rows, viewer)
  }
}

function tronList(rows: readonly TronAccount[], { localTime }: Viewer): ListView {
  return {
    name: 'tron',
    columns: ['address', 'label', 'user', 'block', 'since'],
    forms: [
      {
        action: `${HOME}/tron`,
        name: 'watch',
        inputs: [{ name: 'address' }, { name: 'label' }],
      },
    ],
    rows: rows.map((account) => ({
      id: String(account.id),
      cells: [
        { text: account.address, isCode: true, href: `/tron/${account.address}` },
        textCell(account.label),
        ownerCell(account.ownerId),
        textCell(account.watchFrom),
        timeCell(account.createdAt, localTime),
      ],
      forms: [
        {
          action: `${HOME}/tron/remove`,
          name: 'unwatch',
          hidden: { ids: String(account.id) },
          isDangerous: true,
        },
      ],
    })),
  }
}

function okxList(rows: readonly OkxAccount[], { localTime }: Viewer): ListView {
  return {
    name: 'okx',
    columns: ['label', 'user', 'environment', 'connection', 'reason', 'lastPush'],
    rows: rows.map((account) => {
      const isLive = ['live', 'handover'].includes(account.connection)
      const hidden = { ids: String(account.id) }
      return {
        id: String(account.id),
        cells: [
          textCell(account.label),
          ownerCell(account.ownerId),
          textCell(`${account.environment} · ${account.region}`),
          wordCell(`okx.${account.connection}`, isLive ? 'done' : 'waiting'),
          textCell(account.reason),
          timeCell(account.lastPushAt, localTime),
        ],
        forms: [
          { action: `${HOME}/okx/check`, name: 'check', hidden },
          { action: `${HOME}/okx/remove`, name: 'remove', hidden, isDangerous: true },
        ],
      }
    }),
  }
}

function bindingList(rows: readonly WechatBotBinding[], { localTime }: Viewer): ListView {
  return {
    name: 'wechat',
    columns: ['user', 'status', 'reason', 'bound', 'lastPoll', 'lastInbound', 'lastPush'],
    rows: rows.map((binding) => {
      const isActive = binding.status === 'active'
      return {
        id: String(binding.id),
        cells: [
          ownerCell(binding.userId),
          wordCell(`bindings.${binding.status}`, isActive ? 'done' : 'waiting'),
          textCell(binding.reason),
          ...[binding.boundAt, binding.lastPollAt, binding.lastInboundAt, binding.lastPushAt].map(
            (at) => timeCell(at, localTime)
          ),
        ],
        forms: isActive
          ? [
              {
                action: `${HOME}/wechat/unbind`,
                name: 'unbind',
                hidden: { ids: String(binding.userId) },
                isDangerous: true,
              },
            ]
          : [],
      }
    }),
  }
}

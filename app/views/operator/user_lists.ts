import { formatEther } from 'viem'
import plans, { paidPlans } from '#config/plans'
import type { ListedToken } from '#accounts/tokens/tokens'
import type { ListedUser, ShownUser } from '#billing/plans/users'
import type { Viewer } from '#http/viewer'
import type UserSession from '#models/user_session'
import {
  codeCell,
  textCell,
  timeCell,
  type ListForm,
  type ListView,
} from '#views/operator/list_view'

export const PLAN_STATES = ['running', 'ended'] as const

export function userList(users: readonly ListedUser[], { localTime, now }: Viewer): ListView {
  return {
    name: 'users',
    columns: ['user', 'wallet', 'plan', 'until', 'credit', 'since', 'lastLogin'],
    rows: users.map((user) => {
      const isRunning = user.ends_at !== null && user.ends_at > now
      return {
        id: String(user.id),
        cells: [
          { text: String(user.id), href: `/operator/users/${user.id}` },
          codeCell(user.wallet_address),
          user.plan ? { text: user.plan, look: isRunning ? 'done' : 'waiting' } : textCell(null),
          timeCell(user.ends_at, localTime),
          textCell(`${formatEther(BigInt(user.credit))} BNB`),
          timeCell(user.created_at, localTime),
          timeCell(user.last_login_at, localTime),
        ],
      }
    }),
  }
}

/** What may be done with one user. */
export function userForms(id: number): ListForm[] {
  const path = `/operator/users/${id}`
  return [
    {
      action: `${path}/grant`,
      name: 'grant',
      inputs: [
        { name: 'for', value: '30d' },
        { name: 'plan', value: plans.base, options: paidPlans() },
        { name: 'note' },
      ],
    },
    { action: `${path}/revoke`, name: 'revoke', inputs: [{ name: 'note' }], isDangerous: true },
    { action: `${path}/logout`, name: 'logout', isDangerous: true },
  ]
}

export function changeList(changes: ShownUser['changes'], { localTime }: Viewer): ListView {
  return {
    name: 'changes',
    columns: ['made', 'cause', 'plan', 'until', 'payment', 'note'],
    rows: changes.map((change, index) => ({
      id: String(index),
      cells: [
        timeCell(change.at, localTime),
        textCell(change.cause),
        textCell(change.plan),
        timeCell(change.ends_after, localTime),
        textCell(change.payment_id),
        textCell(change.note),
      ],
    })),
  }
}

/** Where the user is logged in. */
export function sessionList(sessions: readonly UserSession[], { localTime }: Viewer): ListView {
  return {
    name: 'sessions',
    columns: ['browser', 'since', 'lastUsed'],
    rows: sessions.map(({ id, browser, system, createdAt, lastSeenAt }) => ({
      id: String(id),
      cells: [
        textCell([browser, system].filter((name) => name !== null).join(' · ') || null),
        timeCell(createdAt, localTime),
        timeCell(lastSeenAt, localTime),
      ],
    })),
  }
}

export function tokenList(
  tokens: readonly ListedToken[],
  userId: number,
  { localTime }: Viewer
): ListView {
  return {
    name: 'tokens',
    columns: ['name', 'scopes', 'since', 'lastUsed', 'until'],
    rows: tokens.map((token) => ({
      id: String(token.id),
      cells: [
        textCell(token.name),
        codeCell(token.scopes.join(' ')),
        timeCell(token.created_at, localTime),
        timeCell(token.last_used_at, localTime),
        timeCell(token.expires_at, localTime),
      ],
      forms: [
        {
          action: `/operator/users/${userId}/token`,
          name: 'revokeToken',
          hidden: { ids: String(token.id) },
          isDangerous: true,
        },
      ],
    })),
  }
}

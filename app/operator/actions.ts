/** Something that an operator can do: by a command, and on a page. */
export interface Doing {
  commands: readonly string[]
  /** One of these flags has to be given, else the command only lists. */
  flags?: readonly string[]
  /** So many arguments have to be given, else the command only lists. */
  args?: number
  /** Names of the routes of pages. */
  routes: readonly string[]
}

/** All of it, by the name under which it is logged. A test holds it against the commands and routes. */
export const ACTIONS = {
  'alert.acknowledge': {
    commands: ['check:push'],
    flags: ['acknowledge'],
    routes: ['operator.health.health.acknowledge', 'operator.alerts.alerts.acknowledge'],
  },
  'verification.retry': {
    commands: ['verification:retry'],
    routes: ['operator.orders.orders.retry'],
  },
  'gap.retry': {
    commands: ['scan:gaps'],
    flags: ['retry'],
    routes: ['operator.scanners.scanners.retry'],
  },
  'hold.accept': {
    commands: ['scan:holds'],
    flags: ['accept'],
    routes: ['operator.scanners.scanners.accept'],
  },
  'tron.watch': {
    commands: ['tron:watch'],
    args: 1,
    routes: ['operator.accounts.accounts.watch'],
  },
  'tron.unwatch': {
    commands: ['tron:unwatch'],
    routes: ['operator.accounts.accounts.unwatch'],
  },
  'okx.account': {
    commands: ['okx:account'],
    args: 2,
    routes: ['operator.accounts.accounts.check', 'operator.accounts.accounts.remove'],
  },
  'wechat.unbind': {
    commands: ['wechat:unbind'],
    routes: ['operator.accounts.accounts.unbind'],
  },
  'user.grant': { commands: ['user:grant'], routes: ['operator.users.users.grant'] },
  'user.revoke': { commands: ['user:revoke'], routes: ['operator.users.users.revoke'] },
  'user.logout': { commands: ['user:logout'], routes: ['operator.users.users.logout'] },
  'token.revoke': { commands: ['token:revoke'], routes: ['operator.users.users.token'] },
  'payment.assign': {
    commands: ['payments:assign'],
    routes: ['operator.payments.payments.assign'],
  },
  'ledger.prove': {
    commands: ['payments:audit'],
    routes: ['operator.payments.payments.audit'],
  },
  'endpoint.add': {
    commands: ['webhook:add'],
    routes: ['operator.webhook.endpoint_settings.store'],
  },
  'endpoint.update': {
    commands: ['webhook:update'],
    routes: ['operator.webhook.endpoint_settings.update'],
  },
  'endpoint.remove': {
    commands: ['webhook:remove'],
    routes: ['operator.webhook.endpoints.destroy'],
  },
  'endpoint.rotate': {
    commands: ['webhook:rotate'],
    routes: ['operator.webhook.endpoint_secrets.store'],
  },
  'endpoint.state': {
    commands: ['webhook:enable', 'webhook:disable'],
    routes: ['operator.webhook.endpoint_states.update'],
  },
  'endpoint.test': {
    commands: ['webhook:test'],
    routes: ['operator.webhook.endpoint_tests.store'],
  },
  'endpoint.replay': {
    commands: ['webhook:replay'],
    routes: [
      'operator.webhook.replays.store',
      'operator.webhook.replays.destroy',
      'operator.webhook.delivery_replays.store',
      'operator.webhook.delivery_replays.store_many',
    ],
  },
} as const satisfies Record<string, Doing>

export type ActionName = keyof typeof ACTIONS

export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[]

/** What a route of a page does; undefined: it only shows something. */
export function actionOfRoute(route: string): ActionName | undefined {
  return ACTION_NAMES.find((name) => doing(name).routes.includes(route))
}

/**
 * What a command does as it was called; undefined: it only shows something.
 *
 * @param args how many arguments were given
 * @param asked flags and arguments by their names
 */
export function actionOfCommand(
  command: string,
  args: number,
  asked: Record<string, unknown>
): ActionName | undefined {
  return ACTION_NAMES.find((name) => {
    const { commands, flags: needed, args: fewest = 0 } = doing(name)
    const isAsked = !needed || needed.some((flag) => asked[flag] !== undefined)
    return commands.includes(command) && isAsked && args >= fewest
  })
}

const doing = (name: ActionName): Doing => ACTIONS[name]

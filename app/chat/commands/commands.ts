import type { Command } from '#chat/commands/command'
import { help, start } from '#chat/commands/help'
import { keepalive, lang, notices } from '#chat/commands/habits'
import { history } from '#chat/commands/history'
import { list } from '#chat/commands/list'
import { missed } from '#chat/commands/missed'
import { mute, unmute } from '#chat/commands/mute'
import { bnb, renew, upgrade } from '#chat/commands/pay'
import { nearly } from '#chat/commands/nearly'
import { plans } from '#chat/commands/plans'
import { status } from '#chat/commands/status'
import { sub, unsub } from '#chat/commands/subscribe'
import { unwatchCommand, watchCommand } from '#chat/commands/watch'

/** Every command. One that is not here does not exist, whatever a file defines. */
export const commands: readonly Command[] = [
  start,
  help,
  status,
  sub,
  unsub,
  plans,
  upgrade,
  renew,
  history,
  bnb,
  mute,
  unmute,
  watchCommand,
  unwatchCommand,
  list,
  missed,
  nearly,
  lang,
  keepalive,
  notices,
]

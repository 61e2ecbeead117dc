import { planState, type PlanState } from '#accounts/plan_state'
import type { Asked, Command } from '#chat/commands/command'
import { preferencesOf } from '#chat/preferences/preferences'
import { silenceLine, switchLines } from '#chat/commands/preference_lines'
import type { Reader } from '#chat/reader'

/** The plan, what is switched on, and what may still be sent before the user writes again. */
export const status: Command = {
  name: 'status',
  aliases: ['状态'],
  async reply(asked: Asked) {
    const { user, reader, clock } = asked
    const plan = await planState(user.id, clock.now())
    const preference = await preferencesOf(user.id)
    const lines = [
      planLine(plan, reader),
      ...(await switchLines(preference, reader)),
      silenceLine(preference, reader, clock.now()),
      chatLine(asked),
    ]
    return lines.filter((line) => line !== null).join('\n')
  },
}

function planLine({ plan, endsAt, isRunning, mayTry }: PlanState, { t, words, moment }: Reader) {
  if (plan === null) {
    return t(mayTry ? 'status.mayTry' : 'status.noPlan')
  }
  const name = words(`account.plan.names.${plan}`)
  return t(isRunning ? 'status.plan' : 'status.planEnded', { plan: name, until: moment(endsAt) })
}

/** What the chat still carries. */
function chatLine({ chat, reader: { t, moment } }: Asked): string | null {
  const { left, openUntil } = chat
  if (left === null || openUntil === null) {
    return null
  }
  return t('status.chat', { left, until: moment(openUntil) })
}

import accountsConfig from '#config/accounts'
import plansConfig, { paidPlans, type PaidPlan } from '#config/plans'
import { openQuote } from '#billing/checkout/open_quote'
import { planState } from '#accounts/plan_state'
import { givePass, PASS_MS } from '#chat/one_use_keys'
import type { Asked, Command } from '#chat/commands/command'

const PLAN_WORDS: Record<string, PaidPlan> = { 年付: 'yearly', 月付: 'monthly' }

/**
 * A link to the pay page. The browser of a chat app has no wallet and no login of ours, so the link
 * carries a pass that opens that page alone, once and not for long.
 */
async function payLink(asked: Asked): Promise<string> {
  const { user, words, reader, clock } = asked
  const site = accountsConfig.appUrl
  if (site === undefined) {
    return reader.t('pay.noSite')
  }
  const plan = chosenPlan(words) ?? (await paidPlan(user.id, clock.now())) ?? plansConfig.base
  const quote = await openQuote(user.id, plan, { terms: plansConfig, clock })
  const pass = await givePass('pay', user.id, clock)
  return reader.t('pay.link', {
    plan: reader.words(`account.plan.names.${quote.plan}`),
    url: `${site}/pay/${pass}`,
    minutes: PASS_MS.pay / 60_000,
  })
}

function chosenPlan(words: readonly string[]): PaidPlan | undefined {
  const known = words.map((word) => PLAN_WORDS[word] ?? word.toLowerCase())
  return paidPlans().find((plan) => known.includes(plan))
}

async function paidPlan(userId: number, now: number): Promise<PaidPlan | undefined> {
  const { plan } = await planState(userId, now)
  return paidPlans().find((one) => one === plan)
}

export const renew: Command = {
  name: 'renew',
  aliases: ['pay', '续费'],
  isPrivate: true,
  reply: payLink,
}

export const upgrade: Command = {
  name: 'upgrade',
  aliases: ['升级'],
  isPrivate: true,
  reply: payLink,
}

/** How to pay with BNB, with the same link. */
export const bnb: Command = {
  name: 'bnb',
  aliases: ['付款', '支付'],
  isPrivate: true,
  reply: async (asked) => `${asked.reader.t('pay.how')}\n\n${await payLink(asked)}`,
}

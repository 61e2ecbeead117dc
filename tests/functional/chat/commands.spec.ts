import { test } from '@japa/runner'
import plans from '#config/plans'
import { grant } from '#billing/plans/change_plan'
import User from '#models/user'
import { answerCommand } from '#chat/commands/answer_command'
import type { Chat } from '#chat/commands/command'
import { commands } from '#chat/commands/commands'
import { preferencesOf } from '#chat/preferences/preferences'
import { choicesOf } from '#chat/preferences/switches'
import { silenceOf } from '#chat/preferences/quiet_hours'
import { watchesOf } from '#chat/preferences/watches'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { SettableClock } from '#tests/support/settable_clock'

const CHAT: Chat = {
  channel: 'wechat',
  targetId: 1,
  left: 5,
  openUntil: 1_790_000_000_000 + 3_600_000,
  isHinted: false,
}

const CREATOR = '0x52908400098527886e0f7030069857d2e4169ee7'

test.group('Chat commands', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()
  let user: User
  group.each.setup(async () => {
    const now = clock.now()
    user = await User.create({
      walletAddress: CREATOR,
      language: 'en',
      timeZone: 'UTC',
      createdAt: now,
      updatedAt: now,
    })
  })

  const say = (said: string, chat: Partial<Chat> = {}) =>
    answerCommand(user, said, clock.now(), { ...CHAT, ...chat })

  const choices = async () => {
    const all = choicesOf(await preferencesOf(user.id))
    return Object.fromEntries(all.map(({ source, kind, choice }) => [`${source}.${kind}`, choice]))
  }

  test('answers each command in both languages, with no word missing', async ({ assert }) => {
    await storeLaunch({ symbol: 'PEPE' })
    for (const language of ['zh-CN', 'en']) {
      user.language = language
      for (const { name } of commands) {
        const { text, command } = await say(`/${name}`)

        assert.equal(command, name)
        assert.isNotEmpty(text)
        assert.notMatch(text!, /translation missing|undefined|\{/i, `/${name} in ${language}`)
      }
      user.language = language
    }
  })

  test('begins with what comes by the thousand off, and all else on', async ({ assert }) => {
    for (const [name, choice] of Object.entries(await choices())) {
      assert.equal(choice, /created|delegated/.test(name) ? false : '', name)
    }
  })

  test('subscribes to a venue, a kind, and what a filter picks', async ({ assert }) => {
    const { text, effects } = await say('/sub four created name:pepe')
    assert.include(text!, 'Four.meme new tokens: on, only name:pepe')
    assert.deepEqual(effects, ['settings_changed'])

    await say('/unsub flap')
    assert.containsSubset(await choices(), {
      'four.created': 'name:pepe',
      'four.graduated': '',
      'flap.created': false,
      'flap.graduated': false,
    })
  })

  test('subscribes to accounts of TRON by its own fields', async ({ assert }) => {
    const { text } = await say('/sub tron 委托 amount:1,000 resource:energy')
    const wrong = await say('/sub tron amount:many')
    const elsewhere = await say('/sub tron graduated')
    await say('/sub all name:pepe')

    assert.equal(text, 'TRON delegations: on, only amount:1,000 resource:energy')
    assert.include(wrong.text!, 'nothing can fit amount:many')
    assert.include(elsewhere.text!, 'TRON tells of: staked, unstaked')
    assert.containsSubset(await choices(), {
      'four.graduated': 'name:pepe',
      'tron.delegated': 'amount:1,000 resource:energy',
      'tron.undelegated': false,
    })
  })

  test('watches an account of TRON, and then tells what is set for it', async ({ assert }) => {
    const account = 'TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH'
    const before = await say('/status')
    const watched = await say(`监听 ${account}`)
    const mistyped = await say(`/watch ${account.replace(/H$/, 'J')}`)
    const listed = await say('/list')
    await say(`/unwatch ${account}`)
    const after = await say('/list')

    assert.notInclude(before.text!, 'TRON')
    assert.include(watched.text!, `You follow ${account}`)
    assert.include(mistyped.text!, 'mistyped')
    assert.include(listed.text!, `You follow 1 account of TRON:\n${account}`)
    assert.include(listed.text!, 'TRON stakes: on\n')
    assert.notInclude(after.text!, 'TRON')
  })

  test('refuses a venue and a filter that it does not know, and changes nothing', async ({
    assert,
  }) => {
    const before = await choices()
    const answers = [await say('/sub fuor'), await say('/sub'), await say('/sub four nam:pepe')]

    const texts = answers.map(({ text }) => text!)
    assert.include(texts[0]!, 'Did you mean four?')
    assert.include(texts[1]!, 'Name a source: four, flap')
    assert.include(texts[2]!, 'a field is one of name, symbol, creator, quote')
    assert.deepEqual(await choices(), before)
  })

  test('mutes for a time or until it is told otherwise', async ({ assert }) => {
    const silence = async () => silenceOf(await preferencesOf(user.id), 'UTC', clock.now())

    await say('/mute 2h')
    assert.deepEqual(await silence(), { reason: 'muted', until: clock.now() + 7_200_000 })
    await say('静音半小时')
    assert.deepEqual(await silence(), { reason: 'muted', until: clock.now() + 1_800_000 })
    await say('/mute')
    clock.pass(365 * 86_400_000)
    const later = await silence()
    assert.equal(later?.reason, 'muted')
    await say('/unmute')
    assert.isNull(await silence())

    const { text } = await say('/mute forever')
    assert.include(text!, '"forever" is no time')
    assert.isNull(await silence())
  })

  test('follows addresses, each once, and stops', async ({ assert }) => {
    const addresses = async () => {
      const rows = await watchesOf(user.id)
      return rows.map(({ subject }) => subject)
    }
    await say(`/watch ${CREATOR.toUpperCase().replace('X', 'x')}`)
    await say(`/watch ${CREATOR}`)
    assert.deepEqual(await addresses(), [CREATOR])
    const { text } = await say('/list')
    assert.include(text!, CREATOR)

    await say('/unwatch all')
    assert.isEmpty(await addresses())
  })

  test('follows words, and takes no mistyped address for one', async ({ assert }) => {
    const followed = await say('/watch Pepe Frog')
    const mistyped = [await say(`/watch ${CREATOR.slice(1)}`), await say(`/watch ${CREATOR}0`)]
    const { text } = await say('/list')

    assert.include(followed.text!, 'You follow the word “pepe frog”')
    for (const answer of mistyped) assert.include(answer.text!, 'Check that nothing is missing')
    assert.include(text!, 'You follow 1 address or word:\npepe frog')
    await say('取消关注 pepe frog')
    assert.isEmpty(await watchesOf(user.id))
  })

  test('answers in the language that was just chosen, and goes on so', async ({ assert }) => {
    const { text } = await say('/lang zh')
    assert.equal(text, '好的，以后用中文。')

    await user.refresh()
    const help = await say('/help')
    assert.include(help.text!, '套餐')
  })

  test('answers within the limits of a message, whatever was said or set', async ({ assert }) => {
    const filter = `name:${'x'.repeat(480)}`
    const answers = [
      await say(`/sub four ${filter}`),
      await say(`/sub flap ${filter}`),
      await say('/list'),
      await say(`/sub four name:${'y'.repeat(9000)}`),
      await say(`/sub ${'z'.repeat(9000)}`),
      await say(`/mute ${'z'.repeat(9000)}`),
      await say(`/${'z'.repeat(9000)}`),
    ]
    for (const { text } of answers) {
      assert.isAtMost(text!.length, 2000)
      assert.isAbove(text!.length, 20)
    }
  })

  test('says what the plan is, and what the chat still carries after the answer', async ({
    assert,
  }) => {
    const none = await say('/status')
    assert.include(none.text!, 'You have no plan')

    await grant(user.id, { ms: 86_400_000, plan: 'yearly' }, { terms: plans, clock })
    const { text } = await say('/status')
    assert.match(text!, /Plan: Pro, yearly, until/)
    assert.include(text!, '5 messages left')
  })

  test('hints once in a window what it understands', async ({ assert }) => {
    const first = await say('hello there')
    const second = await say('hello there', { isHinted: true })

    assert.include(first.text!, '/help')
    assert.deepEqual(first.effects, ['hinted'])
    assert.isNull(second.text)
  })
})

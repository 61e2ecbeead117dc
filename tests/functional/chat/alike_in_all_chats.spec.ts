import { test } from '@japa/runner'
import { changePreferences } from '#chat/preferences/preferences'
import { answerCommand } from '#chat/commands/answer_command'
import User from '#models/user'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { telegramStand } from '#tests/support/telegram'
import { storeOpenBinding, wechatSending } from '#tests/support/wechat_sending'
import type { SettableClock } from '#tests/support/settable_clock'

const CREATOR = '0x52908400098527886e0f7030069857d2e4169ee7'
const H = 3_600_000

/** A user's chat in one app, as the tests below use it. */
interface ChatUnderTest {
  clock: SettableClock
  userId: number
  say(text: string): Promise<string | null>
  launch(columns: object): Promise<unknown>
  round(): Promise<void>
  /** Of the pushes that have arrived. */
  texts(): string[]
}

const CHATS: Record<string, () => Promise<ChatUnderTest>> = {
  async Telegram() {
    const { clock, userId, bind, say, launch, round, world, chat } = await telegramStand()
    await bind()
    const answers: (string | null)[] = [world.texts(chat)[0]!]
    return {
      clock,
      userId,
      launch,
      round,
      async say(text) {
        const answer = await say(text)
        answers.push(answer)
        return answer
      },
      texts: () => world.texts(chat).filter((text) => !answers.includes(text)),
    }
  },
  async WeChat() {
    const sending = await wechatSending()
    const { clock, phone } = sending
    const { userId, id } = await sending.bind()
    const user = await User.findOrFail(userId)
    await user.merge({ language: 'en', timeZone: 'UTC' }).save()
    const chat = { channel: 'wechat', targetId: id, left: 9, openUntil: null, isHinted: false }
    return {
      clock,
      userId,
      launch: sending.launch,
      round: sending.round,
      async say(text) {
        const answer = await answerCommand(user, text, clock.now(), chat)
        return answer.text
      },
      texts: () => phone.texts,
    }
  },
}

for (const [name, open] of Object.entries(CHATS)) {
  test.group(`What a user says in ${name}`, (group) => {
    group.tap((one) => one.tags(['@sqlite']))
    group.each.setup(() => emptyDatabase())

    test('/watch: a launch of who is followed is told, whatever the switches say', async ({
      assert,
    }) => {
      const { say, launch, round, texts } = await open()
      assert.match((await say(`/watch ${CREATOR}`))!, /You follow 0x5290/)
      await launch({ kind: 'created', creator: CREATOR, symbol: 'MINE' })
      await launch({ kind: 'created', symbol: 'OTHER' })
      await round()
      assert.lengthOf(texts(), 1)
      assert.match(texts()[0]!, /MINE/)
    })

    test('/sub four created name:…: the new tokens that the filter picks are told', async ({
      assert,
    }) => {
      const { say, launch, round, texts } = await open()
      await say('/sub four created name:pepe')
      await launch({ kind: 'created', symbol: 'PEPE2', name: 'Pepe Two' })
      await launch({ kind: 'created', symbol: 'CAT', name: 'Cat' })
      await round()
      assert.lengthOf(await jobs(), 1)
      assert.match(texts().join(''), /PEPE2/)
    })

    test('/mute: nothing is told until it is over, then all in one message', async ({ assert }) => {
      const { say, launch, round, texts, clock } = await open()
      assert.match((await say('/mute 1h'))!, /No pushes until/)
      await launch({})
      await launch({})
      await round()
      assert.isEmpty(texts())
      clock.pass(H)
      await round()
      assert.lengthOf(texts(), 1)
      assert.match(texts()[0]!, /2 graduations/)
    })

    test('quiet hours: nothing is told in them, and all in one message afterwards', async ({
      assert,
    }) => {
      const { userId, launch, round, texts, clock } = await open()
      const minute = Math.floor((clock.now() / 60_000) % 1440)
      const quiet = { quietFrom: minute, quietUntil: (minute + 120) % 1440 }
      await changePreferences(userId, () => quiet, clock)
      await launch({})
      await launch({})
      await round()
      assert.isEmpty(texts())
      assert.containsSubset(await jobs(), [{ status: 'held', reason: 'quiet' }])
      clock.pass(2 * H)
      await round()
      assert.lengthOf(texts(), 1)
    })
  })
}

test('What a user says in one chat holds in the others', async ({ assert }) => {
  await emptyDatabase()
  const { say, userId, clock, launch } = await telegramStand().then(async (stand) => {
    await stand.bind()
    return stand
  })
  const wechat = await wechatSending({ clock })
  await storeOpenBinding(clock, { userId, boundAt: clock.now() })
  clock.pass(10_000)
  await say('/mute 1h')
  await launch()
  await wechat.round()
  assert.isEmpty(wechat.phone.texts)
}).tags(['@sqlite'])

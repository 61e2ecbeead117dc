import type { Clock } from '#foundation/clock'
import User from '#models/user'
import type WechatFollower from '#models/wechat_follower'
import { answerCommand } from '#chat/commands/answer_command'
import { readerOf } from '#chat/reader'
import { bindFollower, followerOf, forgetFollower } from '#wechat/official_account/followers'
import type { Received } from '#wechat/official_account/received'

/** Plain text gets its hint once in so long. */
const HINT_AGAIN_MS = 86_400_000

/** A code behind its command, and alone as people copy it. */
const CODE = /^(?:\/?(?:bind|start|绑定)\s*)([A-HJ-NP-Z2-9]{10})$/iu
const CODE_ALONE = /^([A-HJ-NP-Z2-9]{10})$/i

/** Without an account nothing is known of the reader's language. */
const UNKNOWN_READER = { language: null, timeZone: null }

type Now = Pick<Clock, 'now'>

/** What a follower is answered; null: nothing. */
export async function answerFollower(received: Received, clock: Now): Promise<string | null> {
  const { openId, event, said } = received
  if (event === 'unsubscribe') {
    await forgetFollower({ open_id: openId })
    return null
  }
  const follower = await followerOf(openId, clock)
  const user = follower.userId === null ? null : await User.find(follower.userId)
  const typed = (said ?? '').normalize('NFKC').trim()
  const [, code] = CODE.exec(typed) ?? (user ? null : CODE_ALONE.exec(typed)) ?? []
  if (code !== undefined) {
    return bind(openId, code, user, clock)
  }
  if (user === null) {
    const { t } = await readerOf(UNKNOWN_READER)
    return said === null && event === null ? null : t('follower.unbound')
  }
  if (event === 'subscribe') {
    return answer(user, follower, '/start', clock)
  }
  return said === null ? null : answer(user, follower, said, clock)
}

async function bind(openId: string, code: string, before: User | null, clock: Now) {
  const user = await bindFollower(openId, code, clock)
  const { t } = await readerOf(user ?? before ?? UNKNOWN_READER)
  return t(user ? 'follower.bound' : 'follower.wrongCode')
}

/** Commands work here; pushes do not, so there is no target whose state they could show. */
async function answer(user: User, follower: WechatFollower, said: string, clock: Now) {
  const now = clock.now()
  const isHinted = follower.hintedAt !== null && follower.hintedAt > now - HINT_AGAIN_MS
  const chat = { channel: 'wechat', targetId: null, left: null, openUntil: null, isHinted } as const
  const { text, effects } = await answerCommand(user, said, now, chat)
  if (effects.includes('hinted')) {
    await follower.merge({ hintedAt: now, updatedAt: now }).save()
  }
  return text
}

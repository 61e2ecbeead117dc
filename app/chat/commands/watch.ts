import tronConfig from '#config/tron'
import { MOST_TRON_ACCOUNTS, unwatchTron, watchTron } from '#accounts/tron_accounts'
import { Refusal } from '#foundation/errors'
import { changed, type Asked, type Command, type Reply } from '#chat/commands/command'
import { isTronAddress, placesOf } from '#chat/commands/arguments'
import {
  addressOf,
  MOST_WATCHED,
  subjectOf,
  unwatch,
  unwatchAll,
  watch,
} from '#chat/preferences/watches'

/**
 * `/watch 0x…`: tells of every launch of a creator, and of all that becomes of a token. `/watch pepe`:
 * of every launch whose symbol or name has the word. `/watch T…`: has the records of an account of TRON
 * stored, and tells of them.
 */
export const watchCommand: Command = {
  name: 'watch',
  aliases: ['关注', '监听'],
  async reply(asked) {
    const { user, words, reader, clock } = asked
    const [word = ''] = words
    if (isTronAddress(word)) {
      return watchAccount(word, asked)
    }
    const subject = subjectOf(addressOf(word) ?? words.join(' '))
    if (subject === null) {
      return reader.t('watch.which')
    }
    if (!(await watch(user.id, subject, clock))) {
      return reader.t('watch.full', { most: MOST_WATCHED })
    }
    const isAddress = addressOf(subject) !== null
    return changed(reader.t(isAddress ? 'watch.added' : 'watch.addedWord', { subject }))
  },
}

/** `/unwatch 0x…`, `/unwatch pepe`, `/unwatch T…`, or `/unwatch all` for all but accounts of TRON. */
export const unwatchCommand: Command = {
  name: 'unwatch',
  aliases: ['取消关注', '取消监听'],
  async reply({ user, words, reader }) {
    const [word = ''] = words
    if (isTronAddress(word)) {
      const wasWatched = await unwatchTron(watcher(user), word)
      return changed(reader.t(wasWatched ? 'watch.removed' : 'watch.unknown', { subject: word }))
    }
    if (placesOf(word)?.length && addressOf(word) === null && word !== '') {
      const count = await unwatchAll(user.id)
      return changed(reader.t('watch.allRemoved', { count }))
    }
    const subject = subjectOf(addressOf(word) ?? words.join(' '))
    if (subject === null) {
      return reader.t('watch.which')
    }
    const wasWatched = await unwatch(user.id, subject)
    return changed(reader.t(wasWatched ? 'watch.removed' : 'watch.unknown', { subject }))
  },
}

async function watchAccount(word: string, { user, reader, clock }: Asked): Promise<Reply> {
  try {
    const { address } = await watchTron(watcher(user), { address: word }, clock)
    return changed(reader.t('watch.account', { address }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return reader.t('watch.full', { most: MOST_TRON_ACCOUNTS })
  }
}

function watcher({ id: ownerId }: Asked['user']) {
  return { ownerId, chainId: tronConfig.network.chainId }
}

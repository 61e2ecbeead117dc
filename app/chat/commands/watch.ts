import { changed, type Command } from '#chat/commands/command'
import { placesOf } from '#chat/commands/arguments'
import { addressOf, MOST_WATCHED, unwatch, unwatchAll, watch } from '#chat/preferences/watches'

/** `/watch 0x…`: tells of every launch of a creator, and of all that becomes of a token. */
export const watchCommand: Command = {
  name: 'watch',
  aliases: ['关注'],
  async reply({ user, words, reader, clock }) {
    const address = addressOf(words[0] ?? '')
    if (address === null) {
      return reader.t('watch.which')
    }
    const isWatched = await watch(user.id, address, clock)
    return isWatched
      ? changed(reader.t('watch.added', { address }))
      : reader.t('watch.full', { most: MOST_WATCHED })
  },
}

/** `/unwatch 0x…`, or `/unwatch all`. */
export const unwatchCommand: Command = {
  name: 'unwatch',
  aliases: ['取消关注'],
  async reply({ user, words: [word = ''], reader }) {
    if (placesOf(word)?.length && addressOf(word) === null && word !== '') {
      const count = await unwatchAll(user.id)
      return changed(reader.t('watch.allRemoved', { count }))
    }
    const address = addressOf(word)
    if (address === null) {
      return reader.t('watch.which')
    }
    const wasWatched = await unwatch(user.id, address)
    return changed(reader.t(wasWatched ? 'watch.removed' : 'watch.unknown', { address }))
  },
}

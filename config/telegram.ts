import env from '#start/env'

/** Telegram: the bot of this installation, which tells users and groups and takes commands. */
const telegramConfig = {
  /** As @BotFather gave it; undefined: there is none, and nothing is polled, planned or sent. */
  token: env.get('TELEGRAM_BOT_TOKEN'),
  /** Of the Bot API, or of a server of one's own that speaks it. */
  url: env.get('TELEGRAM_API_URL'),
}

export default telegramConfig

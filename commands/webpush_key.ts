import { BaseCommand } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import { newServerSecret } from '#web_push/message/server_key'

export default class WebpushKey extends BaseCommand {
  static commandName = 'webpush:key'
  static description = 'Make a key for notifications in browsers, for .env'
  static help = [
    'With another key every browser has to be switched on again.',
    '```',
    '{{ binaryName }} webpush:key >> .env',
    '```',
    'Exit codes: 0 printed.',
  ]

  async run() {
    print(`WEB_PUSH_KEY=${newServerSecret()}\n`)
    printAside('Put this line into .env, and start Regou again.\n')
  }
}

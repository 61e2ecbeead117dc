import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import languages from '#config/languages'
import settings from '#config/webhooks'
import { FORMATS } from '#models/webhook_endpoint'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { systemClock } from '#foundation/clock'
import { choiceFlag, listFlag } from '#foundation/cli/flags'
import { printJson } from '#foundation/cli/print_list'

const LANGUAGES = Object.keys(languages)

export default class WebhookAdd extends BaseCommand {
  static commandName = 'webhook:add'
  static description = 'Add an endpoint that receives events, and show its secret once'
  static help = [
    'It gets what is stored from now on; webhook:replay --history sends what was',
    'there before. The secret goes to stdout, or with --json the endpoint.',
    '```',
    '{{ binaryName }} webhook:add https://example.com/hooks/regou',
    '{{ binaryName }} webhook:add https://example.com/hooks --events="launch.*,trade.executed"',
    `{{ binaryName }} webhook:add https://example.com/hooks --filter='data.quote_symbol == "BNB" && units(data.quote_amount) > 1.0'`,
    '{{ binaryName }} webhook:add https://example.com/hooks --json | jq -r .data.secret',
    '```',
    'A robot of a group (WeCom, Feishu, DingTalk, Slack, Discord, Telegram) gets messages:',
    '```',
    '{{ binaryName }} webhook:add "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…" --format=wecom',
    '{{ binaryName }} webhook:add https://api.telegram.org/bot… --format=telegram --chat-id=-1001234567890',
    '```',
    'Exit codes: 0 added, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Where to send: https://… or http://…' })
  declare url: string

  @flags.array({
    description: 'Event types or wildcards, separated by commas; all, or for a robot graduations',
  })
  declare events?: string[]

  @flags.string({ description: `What it gets: ${FORMATS.join(', ')}` })
  declare format?: string

  @flags.string({ description: 'Feishu and DingTalk: the secret of the robot, if it has one' })
  declare robotSecret?: string

  @flags.string({ description: 'Telegram: the number of the chat, such as -1001234567890' })
  declare chatId?: string

  @flags.string({ description: `Language of messages: ${LANGUAGES.join(', ')}` })
  declare language?: string

  @flags.string({ description: 'Which of these events, as an expression; webhook:try shows it' })
  declare filter?: string

  @flags.string({ description: 'What the payload is, as an expression' })
  declare template?: string

  @flags.string({ description: 'What the endpoint is for' })
  declare description?: string

  @flags.boolean({ description: 'Print the endpoint as JSON on stdout' })
  declare json?: boolean

  async run() {
    const { endpoint, secret } = await addEndpoint(
      {
        url: this.url,
        eventTypes: this.events && listFlag(this.events),
        format: choiceFlag('format', this.format, FORMATS),
        robotSecret: this.robotSecret ?? null,
        chatId: this.chatId ?? null,
        language: choiceFlag('language', this.language, LANGUAGES) ?? null,
        filter: this.filter ?? null,
        template: this.template ?? null,
        description: this.description ?? null,
      },
      settings,
      systemClock
    )
    const { id, url, format, eventTypes } = endpoint

    if (this.json) {
      printJson({ id, url, format, event_types: eventTypes, secret })
      return
    }
    printAside(`Endpoint ${id} added (events: ${eventTypes.join(', ')}).\n`)
    if (secret) {
      printAside('Secret (shown once):\n')
      print(`${secret}\n`)
    }
    printAside(`Try it: node ace webhook:test ${id}\n`)
  }
}

import type { Asked, Command } from '#chat/commands/command'

const helpText = ({ reader }: Asked) => reader.t('help')

/** Greets, and says what can be said. */
export const start: Command = {
  name: 'start',
  aliases: ['开始', '你好'],
  reply: (asked) => `${asked.reader.t('welcome')}\n\n${helpText(asked)}`,
}

/** What can be said. */
export const help: Command = { name: 'help', aliases: ['帮助', '指令', '菜单'], reply: helpText }

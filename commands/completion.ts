import { args, BaseCommand } from '@adonisjs/core/ace'
import { completionScript, SHELLS } from '#foundation/cli/completion'
import { print } from '#foundation/cli/print'
import { OperatorError } from '#foundation/errors'
import { ownCommands } from '../bin/kernel/own_commands.js'

export default class Completion extends BaseCommand {
  static commandName = 'completion'
  static description = 'Print the script by which a shell completes commands and options'
  static help = [
    'Run it anew after an update. In bash and zsh it goes into a file that the',
    'shell reads when it starts, in fish into its folder of completions.',
    '```',
    '{{ binaryName }} completion bash >> ~/.bashrc',
    '{{ binaryName }} completion zsh >> ~/.zshrc',
    '{{ binaryName }} completion fish > ~/.config/fish/completions/node.fish',
    '```',
    'Exit codes: 0 printed, 1 refused.',
  ]

  @args.string({ description: `Which shell: ${SHELLS.join(', ')}` })
  declare shell: string

  async run() {
    const shell = SHELLS.find((name) => name === this.shell)
    if (!shell)
      throw new OperatorError(`There is no script for it. There are: ${SHELLS.join(', ')}`)

    const commands = ownCommands(this.kernel).map(({ commandName, description, flags }) => ({
      name: commandName,
      description,
      options: [...flags.map(({ flagName }) => `--${flagName}`), '--help'],
    }))
    print(completionScript(shell, commands))
  }
}

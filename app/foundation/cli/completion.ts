/** A command as a shell completes it. */
export interface CompletedCommand {
  name: string
  description: string
  /** With their dashes, such as `--json`. */
  options: readonly string[]
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof SHELLS)[number]

/**
 * The script by which a shell completes `node ace …`. It holds all words itself: nothing is started
 * while the user types. Other scripts of Node.js are completed with file names as before.
 */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands)
}

function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const cases = commands.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`)
  // Bash takes a colon for the end of a word; the part before it is not typed again.
  return `_regou_ace() {
  local line="\${COMP_LINE:0:COMP_POINT}" words=""
  local -a typed
  read -ra typed <<< "$line"
  [[ "$line" == *[[:space:]] ]] && typed+=("")
  local count=\${#typed[@]} current="\${typed[-1]}"
  [[ "\${typed[1]}" == ace || "\${typed[1]}" == */ace.js ]] || return 0
  if (( count == 3 )); then words="${names}"
  else case "\${typed[2]}" in
${cases.join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*:}"}"}")
  fi
}
complete -o default -F _regou_ace node
`
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(
    ({ name, description }) =>
      `    ${quoted(`${name.replaceAll(':', String.raw`\:`)}:${description}`)}`
  )
  const cases = commands.map(
    ({ name, options }) => `    ${name}) compadd -- ${options.join(' ')} ;;`
  )
  return `_regou_ace() {
  [[ "\${words[2]}" == ace || "\${words[2]}" == */ace.js ]] || { _files; return }
  local -a names=(
${names.join('\n')}
  )
  if (( CURRENT == 3 )); then _describe command names
  else case "\${words[3]}" in
${cases.join('\n')}
  esac; fi
}
compdef _regou_ace node
`
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const first = '-n \'string match -qr "^node (.*/)?ace(.js)? *[^ ]*\\$" -- (commandline -cp)\''
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c node ${first} -f -a ${name} -d ${quoted(description)}`,
    ...options.map(
      (option) => `complete -c node -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`
    ),
  ])
  return `${lines.join('\n')}\n`
}

/** In single quotes, which hide all but themselves from a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

import { readFileSync } from 'node:fs'
import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { consoleAce } from '#tests/support/console'
import { codeBlocks, markdownFiles, readProjectFile } from '#tests/support/markdown'
import { ownCommands } from '../../bin/kernel/own_commands.js'

/** Lines that a backslash continues, in one. */
function joined(code: string): string {
  return code.replace(/\\\n\s*/g, ' ')
}

/** The lines of shell that a document prints: in blocks, and in its sentences. */
function shellLines(markdown: string): string[] {
  const blocks = codeBlocks(markdown)
    .filter(({ language }) => ['sh', 'bash', 'shell'].includes(language))
    .flatMap(({ code }) => joined(code).split('\n'))
  const inline = [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
  return [...blocks, ...inline]
}

/** The words of each `node ace` in a line, as a shell passes them on. */
function aceCalls(line: string): string[][] {
  return [
    ...line.matchAll(/node (?:build\/)?ace(?:\.js)? ((?:'[^']*'|"[^"]*"|[^|;&)#<>'"])*)/g),
  ].map(([, words]) =>
    [...words!.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
      word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double)
    )
  )
}

/** A word with a value where one is left open: `--from=…`, or `--from=` before `<block>`. */
function said(word: string): string[] {
  return word === '…' ? [] : [word.replace(/^(--[\w-]+=)…?$/, (_, flag) => `${flag}1`)]
}

/** Says why a command would not take the words, or null when it would. */
async function complaint([name, ...words]: string[]): Promise<string | null> {
  const ace = consoleAce()
  // A name may stand for all of its kind, as in `webhook:…`; some words are not Ace's.
  if (!name || /[…*]/.test(name) || ['help', '--version'].includes(name)) return null
  if (words.includes('--help')) return ace.hasCommand(name) ? null : 'no such command'
  try {
    await ace.create(await ace.find(name), words.flatMap(said))
    return null
  } catch (error) {
    // Sentences name commands without what they need.
    const { message } = error as Error
    return words.length === 0 && /Missing required/.test(message) ? null : message
  }
}

/** Where a call of curl goes, and how. */
function curlCalls(text: string): { method: string; path: string }[] {
  const calls = joined(text).matchAll(/curl ([^|\n]*?https?:\/\/[^/\s]+(\/[^\s?'"]*).*)/g)
  return [...calls].map(([, call, path]) => ({
    method: /-X (\w+)/.exec(call!)?.[1] ?? (/ -d /.test(call!) ? 'POST' : 'GET'),
    path: path!,
  }))
}

test.group('Commands that are printed', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.setup(() => consoleAce().boot())

  test('in the documents are taken by the commands as they stand there', async ({ assert }) => {
    const wrong: string[] = []
    for (const file of await markdownFiles()) {
      for (const call of shellLines(await readProjectFile(file)).flatMap(aceCalls)) {
        const why = await complaint(call)
        if (why) wrong.push(`${file}: ${call.join(' ')}: ${why}`)
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('in the help of commands are taken by them', async ({ assert }) => {
    const wrong: string[] = []
    for (const { commandName, help = [] } of ownCommands(consoleAce())) {
      const text = [help].flat().join('\n').replaceAll('{{ binaryName }}', 'node ace')
      for (const call of joined(text).split('\n').flatMap(aceCalls)) {
        const why = await complaint(call)
        if (why) wrong.push(`${commandName}: ${call.join(' ')}: ${why}`)
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('with curl ask for routes that there are', async ({ assert }) => {
    const wrong: string[] = []
    for (const file of await markdownFiles()) {
      for (const { method, path } of curlCalls(await readProjectFile(file))) {
        if (!router.match(path, method, true)) wrong.push(`${file}: ${method} ${path}`)
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('with npm name scripts that there are', async ({ assert }) => {
    const { scripts } = JSON.parse(readFileSync(app.makePath('package.json'), 'utf8'))
    for (const file of await markdownFiles()) {
      const text = await readProjectFile(file)
      for (const [, name] of text.matchAll(/npm run ([\w:]+)/g)) {
        assert.property(scripts, name!, file)
      }
    }
  })
})

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { locales } from '#http/language'

/** The words between backquotes in the last column of the tables. */
function wordsToAvoid(): string[] {
  const glossary = readFileSync(app.makePath('docs/glossary.md'), 'utf8')
  return glossary
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((row) =>
      [
        ...row
          .split('|')
          .at(-2)!
          .matchAll(/`([^`]+)`/g),
      ].map(([, word]) => word!)
    )
}

/** Chinese has no spaces between its words, others are found as whole words. */
function isIn(text: string, word: string): boolean {
  return /\p{Script=Han}/u.test(word)
    ? text.includes(word)
    : new RegExp(`\\b${word}\\b`, 'i').test(text)
}

/** What is to be read in a file of messages: its values, not its keys. */
function valuesIn(messages: object | string): string[] {
  return typeof messages === 'string' ? [messages] : Object.values(messages).flatMap(valuesIn)
}

/** What is to be read in a template: neither its code nor its tags. */
function wordsOf(template: string): string {
  return template.replaceAll(/\{\{.*?\}\}+|<[^>]*>|^\s*@.*$/gms, ' ')
}

function textsOf(folder: string, extension: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { path: name, text }
    })
}

test.group('The glossary', () => {
  test('names words to avoid, in every language', ({ assert }) => {
    const words = wordsToAvoid()

    assert.isAbove(words.length, 20)
    assert.includeMembers(words, ['set aside', '搁置'])
  })

  test('is followed by the messages in {$self}')
    .with([...locales])
    .run(({ assert }, locale) => {
      const found = textsOf(app.languageFilesPath(locale), '.json').flatMap(({ path, text }) => {
        const values = valuesIn(JSON.parse(text)).join('\n')
        return wordsToAvoid().flatMap((word) => (isIn(values, word) ? `${path}: ${word}` : []))
      })

      assert.isEmpty(found)
    })

  test('is followed by the templates', ({ assert }) => {
    const found = textsOf(app.viewsPath(), '.edge').flatMap(({ path, text }) =>
      wordsToAvoid().flatMap((word) => (isIn(wordsOf(text), word) ? `${path}: ${word}` : []))
    )

    assert.isEmpty(found)
  })
})

import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { reasonWords } from '#delivery/reason_words'

const WORDED_IN = 'app/delivery/reason_words.ts'

/** Code without its comments, in small letters. */
const codeIn = (source: string) =>
  source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '').toLowerCase()

test.group('Reasons as codes', () => {
  test('their words stand in one file, so nothing else can compare with them', ({ assert }) => {
    const files = globSync('{app,commands,demo,database}/**/*.ts', { cwd: app.makePath() })
    assert.include(files, WORDED_IN)

    const words = Object.values(reasonWords).map((one) => one.toLowerCase())
    for (const file of files.filter((one) => one !== WORDED_IN)) {
      const source = codeIn(readFileSync(app.makePath(file), 'utf8'))
      assert.isEmpty(
        words.filter((one) => source.includes(one)),
        file
      )
    }
  })

  test('no query and no pattern looks into the detail that came with one', ({ assert }) => {
    const compared = /\bdetail\b['"`]?(, ['"`]?|\s*)(like\b|~|<>|===(?! null)|!==(?! null))/i
    const takenApart = /\bdetail[!?]*\.(match|startsWith|endsWith|includes|search|split|slice)\(/
    for (const file of globSync('{app,commands,demo}/**/*.ts', { cwd: app.makePath() })) {
      const source = readFileSync(app.makePath(file), 'utf8')
      assert.notMatch(source, compared, file)
      assert.notMatch(source, takenApart, file)
    }
  })
})

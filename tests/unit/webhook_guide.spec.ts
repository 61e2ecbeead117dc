import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { message } from '#delivery/envelope'
import type { DueJob } from '#delivery/queue/job'
import { allFactTypes, factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { codeBlocks, readProjectFile } from '#tests/support/markdown'

const VERIFIERS = [
  { language: 'js', file: 'node/verify.js' },
  { language: 'python', file: 'python/verify.py' },
  { language: 'go', file: 'go/verify.go' },
  { language: 'php', file: 'php/verify.php' },
]

/** The code that the guide shows in a language. */
async function shownIn(language: string): Promise<string[]> {
  const blocks = codeBlocks(await readProjectFile('docs/webhooks.md'))
  return blocks.filter((block) => block.language === language).map(({ code }) => code)
}

/** What is sent of a fact whose stored columns hold what the example shows. */
function sent(type: FactType, data: FactRow) {
  const { timeColumn, columns } = factTypes[type]
  const fact = { ...data, [timeColumn]: Number(data[timeColumn]) }
  const job = { factType: type, fact, eventId: 'evt_', eventType: '', attempts: 0 }
  return { body: message(job as unknown as DueJob, Date.now()), columns }
}

test.group('The webhook guide', () => {
  test('shows the verifier of the example in {language}')
    .with(VERIFIERS)
    .run(async ({ assert }, { language, file }) => {
      const example = await readFile(app.makePath('examples/receivers', file), 'utf8')

      assert.deepEqual(await shownIn(language), [example])
    })

  test('shows an example of each event with exactly the fields that are sent', async ({
    assert,
  }) => {
    const blocks = await shownIn('json')
    const examples = blocks.map((block) => JSON.parse(block))

    for (const type of allFactTypes()) {
      const eventType = (fact: FactRow) => factTypes[type].eventType(fact)
      const ofType = examples.filter(
        ({ data, event_type: name }) => data && name === eventType(data)
      )

      assert.isNotEmpty(ofType, type)
      for (const example of ofType) {
        const { body, columns } = sent(type, example.data)
        assert.sameMembers(Object.keys(example), Object.keys(body), type)
        assert.deepEqual(Object.keys(example.data), [...columns], type)
        assert.deepEqual(Object.keys(example.metadata), Object.keys(body.metadata), type)
      }
    }
  })
})

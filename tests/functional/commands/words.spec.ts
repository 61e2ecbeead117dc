import { test } from '@japa/runner'
import { runCommand } from '#tests/support/console'

/** What is typed, and how the answer begins. */
const REFUSED: [string[], string][] = [
  [['webhook:lst'], 'There is no command "webhook:lst". Did you mean "webhook:list"?'],
  [['webhook'], 'There is no command "webhook". There are: webhook:add, '],
  [['webhook:list', '--jsn'], 'webhook:list has no option --jsn. Did you mean "--json"?'],
  [['webhook:list', 'extra'], 'webhook:list takes fewer words.'],
  [['webhook:add'], 'Missing required argument "url". See: node ace webhook:add --help'],
  [['webhook:add', 'https://x.example', '--filter='], '--filter has no value.'],
  [['webhook:add', 'https://x.example', '--filter=a', '--filter=b'], '--filter may be given once.'],
  [['scan:audit', '--hours=-1'], '--hours should be a number from 0 on'],
  [['scan:audit', '--hours=1e999'], '--hours should be a number from 0 on'],
  [['payments:list', '--limit=0'], '--limit should be a whole number from 1 to 10000'],
  [['operator:log', '--limit=1.5'], '--limit should be a whole number from 1 to 10000'],
  [['db:wipe'], 'db:wipe deletes what is stored in the database.'],
  [['migration:fresh', '--force'], 'migration:fresh deletes what is stored in the database.'],
]

test.group('Words that no command can use', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  for (const [words, answer] of REFUSED) {
    test(`are answered in a sentence: ${words.join(' ')}`, async ({ assert }) => {
      const [name, ...args] = words
      const { code, stdout, stderr } = await runCommand(name!, ...args)

      assert.equal(code, 1)
      assert.isEmpty(stdout)
      assert.isTrue(stderr.startsWith(answer), stderr)
    })
  }
})

import { existsSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { headings, readProjectFile } from '#tests/support/markdown'

test.group('The runbook', () => {
  test('says of each alert what it means, by commands that there are: {$self}')
    .with(['docs/runbook.md', 'docs/zh-CN/runbook.md'])
    .run(async ({ assert }, path) => {
      const [rules, text] = await Promise.all(['docs/ops/alerts.yml', path].map(readProjectFile))
      const alerts = [...rules!.matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
      const sections = headings(text!).filter(({ level }) => level === 2)
      assert.sameMembers(
        sections.map((section) => section.text),
        alerts
      )
      for (const [, name] of text!.matchAll(/node ace ([a-z:]+)/g)) {
        const file = app.commandsPath(`${name!.replace(':', '_')}.ts`)
        assert.isTrue(existsSync(file), name)
      }
    })
})

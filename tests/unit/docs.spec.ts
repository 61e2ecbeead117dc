import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import {
  anchorOf,
  codeBlocks,
  headings,
  links,
  markdownFiles,
  readProjectFile,
} from '#tests/support/markdown'

async function names(path: string, pattern: RegExp): Promise<string[]> {
  const text = await readProjectFile(path)
  return [...text.matchAll(pattern)].map(([, name]) => name!).toSorted()
}

/** Says why a link of a file leads nowhere, or null when it leads somewhere. */
async function brokenLink(file: string, link: string): Promise<string | null> {
  const [path = '', anchor] = link.split('#')
  const target = path ? join(dirname(file), path) : file

  if (!existsSync(app.makePath(target))) {
    return `${file} → ${link}: there is no ${target}`
  }
  if (anchor && target.endsWith('.md')) {
    const anchors = headings(await readProjectFile(target)).map(({ text }) => anchorOf(text))
    return anchors.includes(anchor) ? null : `${file} → ${link}: there is no such heading`
  }
  return null
}

test.group('Documents', () => {
  test('.env.example explains exactly the variables that are validated', async ({ assert }) => {
    const validated = await names('start/env.ts', /^ {2}([A-Z][A-Z0-9_]+):/gm)
    const explained = await names('.env.example', /^(?:# )?([A-Z][A-Z0-9_]+)=/gm)

    assert.isNotEmpty(validated)
    assert.deepEqual(explained, validated)
  })

  test('the list of decisions has each of them once, in the order of their numbers', async ({
    assert,
  }) => {
    const list = await readProjectFile('docs/adr/README.md')
    const files = await markdownFiles()

    const listed = [...list.matchAll(/^\| \[(\d{4})\]/gm)].map(([, number]) => number)
    const written = files.flatMap((file) => /^docs\/adr\/(\d{4})-/.exec(file)?.[1] ?? [])
    assert.deepEqual(listed, written.toSorted())
  })

  test('README speaks both languages in step', async ({ assert }) => {
    const [english, chinese] = await Promise.all(
      ['README.md', 'README.zh-CN.md'].map(readProjectFile)
    )
    const levels = (text: string) => headings(text).map(({ level }) => level)
    const languages = (text: string) => codeBlocks(text).map(({ language }) => language)

    assert.deepEqual(levels(chinese!), levels(english!))
    assert.deepEqual(languages(chinese!), languages(english!))
  })

  test('each Chinese guide has the sections of the English one, and no code of its own', async ({
    assert,
  }) => {
    const files = await markdownFiles()
    const guides = files.filter((file) => file.startsWith('docs/zh-CN/'))
    assert.isNotEmpty(guides)

    for (const guide of guides) {
      const chinese = await readProjectFile(guide)
      const english = await readProjectFile(guide.replace('zh-CN/', ''))
      const levels = (text: string) => headings(text).map(({ level }) => level)
      const code = (text: string) => codeBlocks(text).map((block) => block.code)

      assert.deepEqual(levels(chinese), levels(english), guide)
      assert.includeMembers(code(english), code(chinese), guide)
    }
  })

  test('every relative link leads somewhere', async ({ assert }) => {
    const broken: string[] = []
    for (const file of await markdownFiles()) {
      const relative = links(await readProjectFile(file)).filter((link) => !/^[a-z]+:/.test(link))
      for (const link of relative) {
        const problem = await brokenLink(file, link)
        if (problem) {
          broken.push(problem)
        }
      }
    }
    assert.deepEqual(broken, [])
  })

  test('the tests that the architecture names exist', async ({ assert }) => {
    const architecture = await readProjectFile('docs/architecture.md')
    const named = [...architecture.matchAll(/\[([^\]]+)\]\(\.\.\/(tests\/[^)]+\.spec\.ts)\)/g)]

    assert.isNotEmpty(named)
    for (const [, name, file] of named) {
      assert.include(await readProjectFile(file!), name!, file)
    }
  })

  test('the tests that stand for what others report exist', async ({ assert }) => {
    const specs = globSync('tests/**/*.spec.ts', { cwd: app.makePath() })
    for (const guide of ['wechat.md', 'tron.md', 'okx.md']) {
      for (const folder of ['docs', 'docs/zh-CN']) {
        const named = namedTests(await readProjectFile(`${folder}/${guide}`))
        assert.isAbove(named.length, 10)
        for (const { file, name } of named) {
          const texts = specs
            .filter((spec) => spec.endsWith(`/${file}.spec.ts`))
            .map(readProjectFile)
          const read = await Promise.all(texts)
          const found = read.some((text) => text.includes(name))
          assert.isTrue(found, `${folder}/${guide}: ${file}: ${name}`)
        }
      }
    }
  })
})

/** What the last table of a guide names as tests: a file, and how one there begins, or '' for all of it. */
function namedTests(guide: string): { file: string; name: string }[] {
  const rows = guide.slice(guide.lastIndexOf('\n## ')).match(/^\|.*\|$/gm) ?? []
  return rows.slice(2).flatMap((row) => {
    const [, , , cell = ''] = row.split('|')
    return cell.split(/[;；]/).flatMap((part) => {
      const [, file = '', told = ''] = /`([^`]+)`(?: \(unit\))?:?(.*)/.exec(part) ?? []
      const path = file.replace(/^tests\//, '')
      const beginnings = told.split('…').map((name) => name.replace(/^[\s,、]+|\s+$/g, ''))
      return beginnings.filter((name, at) => at === 0 || name).map((name) => ({ file: path, name }))
    })
  })
}

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { codeBlocks, readProjectFile } from '#tests/support/markdown'
import { RunningProcess } from '#tests/support/processes'
import { RECEIVER_SECRET } from '#tests/support/receiver'

async function exampleIn(readme: string): Promise<string> {
  const blocks = codeBlocks(await readProjectFile(readme))
  return blocks.find(({ language }) => language === 'js')!.code
}

test.group('The receiver in README', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('accepts what Regou sends and refuses what others send', async ({
    assert,
    cleanup,
    test: self,
  }) => {
    const folder = app.makePath('tmp', `readme-${process.pid}`)
    await mkdir(folder, { recursive: true })
    cleanup(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'receiver.mjs'), await exampleIn('README.md'))

    const settings = { WEBHOOK_SECRET: RECEIVER_SECRET, PORT: '0' }
    const receiver = new RunningProcess(self, ['receiver.mjs'], settings, folder)
    const [, port] = await receiver.prints(/Listening on (\d+)/)
    const url = `http://127.0.0.1:${port}/`

    const token = someAddress()
    await storeEndpoint(url)
    await storeLaunch({ token_address: token })
    startSender()
    await allJobsDone()
    assert.containsSubset(await jobs(), [{ status: 'sent', attempts: 1 }])
    await receiver.prints(new RegExp(`^launch\\.created evt_[0-9a-f]{32} ${token}$`, 'm'))

    const forged = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    }
    for (const headers of [forged, {}]) {
      const answer = await fetch(url, { method: 'POST', body: '{}', headers })
      assert.equal(answer.status, 401)
    }
    assert.lengthOf(receiver.stdout, 2)
  })

  test('is the same in Chinese', async ({ assert }) => {
    assert.equal(await exampleIn('README.zh-CN.md'), await exampleIn('README.md'))
  })
})

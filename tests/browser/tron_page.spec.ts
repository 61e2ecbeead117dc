import { test } from '@japa/runner'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { faultsOf } from '#tests/support/looks/page_looks'
import { storeFullTronAccount } from '#tests/support/looks/tron_pages'
import { someTronAddress } from '#tests/support/tron_records'

test.group('The pages of TRON', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())

  test('are easy to read and to use, empty, full, and for what is no address', async ({
    visit,
    assert,
  }) => {
    const page = await visit(`/tron/${someTronAddress()}`)
    const faults = await faultsOf(page, 'tron-empty')
    await page.goto(appUrl(`/tron/${await storeFullTronAccount()}`))
    faults.push(...(await faultsOf(page, 'tron')))
    await page.goto(appUrl('/tron?address=Tnothing'))
    faults.push(...(await faultsOf(page, 'tron-all')))
    await page.goto(appUrl('/tron/Tnothing'))
    faults.push(...(await faultsOf(page, 'tron-unknown')))

    assert.deepEqual(faults, [])
  })
})

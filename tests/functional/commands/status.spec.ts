import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import ProcessHeartbeat from '#models/process_heartbeat'
import { runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'

const HOUR_MS = 3_600_000

test.group('node ace status', (group) => {
  group.each.setup(() => emptyDatabase())

  /** A process that said something so many milliseconds ago. */
  const process = (kind: string, silentMs: number, isEnded = false) => {
    const beatAt = systemClock.now() - silentMs
    return ProcessHeartbeat.create({
      kind,
      host: 'one',
      pid: 7,
      version: '0.1.0',
      endpointMarks: [],
      startedAt: beatAt - HOUR_MS,
      beatAt,
      endedAt: isEnded ? beatAt : null,
    })
  }
  const conditions = async () => {
    const { stdout, code } = await runCommand('status', '--json')
    const { data } = JSON.parse(stdout.join()) as { data: { kind: string; condition: string }[] }
    return { code, of: Object.fromEntries(data.map(({ kind, condition }) => [kind, condition])) }
  }

  test('lists what is at work and what was told to end, and is content', async ({ assert }) => {
    await process('scan:chain', 0)
    await process('scan:gmgn', HOUR_MS, true)

    const { code, of } = await conditions()
    assert.deepEqual(of, { 'scan:chain': 'at work', 'scan:gmgn': 'ended' })
    assert.equal(code ?? 0, 0)
  })

  test('exits with 3 when one has died and no other does its work', async ({ assert }) => {
    await process('scan:chain', HOUR_MS)
    const alone = await conditions()
    assert.deepEqual(alone, { code: 3, of: { 'scan:chain': 'dead' } })

    await process('scan:chain', 0)
    const { code } = await conditions()
    assert.equal(code ?? 0, 0)
  })

  test('exits with 3 when one lives and gets nowhere', async ({ assert }) => {
    const row = await process('scan:payments', 0)
    const waitingSince = systemClock.now() - HOUR_MS
    await row.merge({ worksOn: 'block 7', progressAt: waitingSince, waitingSince }).save()

    const { stdout, code } = await runCommand('status')
    assert.match(stdout.join('\n'), /scan:payments\s.*stuck.*block 7, 1 h ago/)
    assert.equal(code, 3)
  })

  test('says what to do where nothing was ever started', async ({ assert }) => {
    const { stderr, code } = await runCommand('status')
    assert.include(stderr, 'npm start')
    assert.equal(code ?? 0, 0)
  })
})

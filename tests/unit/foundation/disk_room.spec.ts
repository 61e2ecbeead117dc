import { test } from '@japa/runner'
import { LARGEST_WAL, LEAST_FREE, shortagesOf } from '#foundation/db/disk_room'
import { diskTrouble } from '#health/disk_trouble'

const ENOUGH = { wal: LARGEST_WAL, free: LEAST_FREE }

const CASES = [
  { is: 'enough room', room: ENOUGH, names: [], says: [] },
  {
    is: 'a WAL that only grows',
    room: { ...ENOUGH, wal: LARGEST_WAL + 1 },
    names: ['wal_large'],
    says: [/256 MB: some program reads without an end/],
  },
  {
    is: 'a disk that is nearly full',
    room: { ...ENOUGH, free: LEAST_FREE - 1 },
    names: ['disk_low'],
    says: [/free some, or keep deliveries/],
  },
]

test.group('The disk of the database', () => {
  test('is told of with its likely cause, in the log and by the check: {is}')
    .with(CASES)
    .run(({ assert }, { room, names, says }) => {
      const lines = shortagesOf(room)
      assert.lengthOf(lines, says.length)
      says.forEach((words, index) => assert.match(lines[index]!, words))

      const found = diskTrouble({ disk: { wal_bytes: room.wal, free_bytes: room.free } })
      assert.deepEqual(
        found.map(({ name }) => name),
        names as never
      )
    })

  test('is none of ours on PostgreSQL', ({ assert }) => {
    assert.isEmpty(diskTrouble({ disk: null }))
  })
})

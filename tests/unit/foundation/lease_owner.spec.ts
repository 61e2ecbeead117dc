import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { isDeadOwner, leaseOwner } from '#foundation/db/lease_owner'

const withPid = (pid: number) => leaseOwner().replace(/\/\d+\//, `/${pid}/`)

test.group('Lease owner', () => {
  test('names fit their column and differ', ({ assert }) => {
    assert.isAtMost(leaseOwner().length, 64)
    assert.notEqual(leaseOwner(), leaseOwner())
  })

  test('an owner in this process is alive, an earlier process with its pid is not', ({
    assert,
  }) => {
    const [place, pid] = leaseOwner().split('/')

    assert.isFalse(isDeadOwner(leaseOwner()))
    assert.isTrue(isDeadOwner(`${place}/${pid}/earlier/1`))
  })

  test('a process of this machine is dead once it has ended', async ({ assert }) => {
    const child = spawn('sleep', ['60'])
    const owner = withPid(child.pid!)
    assert.isFalse(isDeadOwner(owner))

    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.isTrue(isDeadOwner(owner))
  })

  test('nothing is said about processes elsewhere', ({ assert }) => {
    assert.isFalse(isDeadOwner('another-host#1/1/abc/1'))
  })
})

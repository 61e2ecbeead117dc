import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { isDeadOwner, leaseOwner } from '#delivery/lease_owner'

const withPid = (pid: number) => leaseOwner().replace(/\/\d+\//, `/${pid}/`)

test.group('Lease owner', () => {
  test('names fit their column and differ from start to start', ({ assert }) => {
    assert.isAtMost(leaseOwner().length, 64)
    assert.notEqual(leaseOwner(), leaseOwner())
  })

  test('this process is alive, an earlier one with its pid is not', ({ assert }) => {
    const self = leaseOwner()
    assert.isFalse(isDeadOwner(self, self))
    assert.isTrue(isDeadOwner(leaseOwner(), self))
  })

  test('a process of this machine is dead once it has ended', async ({ assert }) => {
    const child = spawn('sleep', ['60'])
    const owner = withPid(child.pid!)
    assert.isFalse(isDeadOwner(owner, leaseOwner()))

    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.isTrue(isDeadOwner(owner, leaseOwner()))
  })

  test('nothing is said about processes elsewhere', ({ assert }) => {
    assert.isFalse(isDeadOwner('another-host#1/1/abc', leaseOwner()))
  })
})

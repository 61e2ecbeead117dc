import { execFile } from 'node:child_process'
import { test } from '@japa/runner'

const SECRET = 'a1b2c3d4e5f6'

/** Runs statements in a process that explains what is uncaught. */
async function run(statements: string) {
  const program = `
    const { explainWhatIsUncaught } = await import('./bin/explain.ts')
    explainWhatIsUncaught()
    ${statements}`
  const args = ['--import=@poppinss/ts-exec', '--input-type=module', '--eval', program]
  const env = { ...process.env, BSC_RPC_URL: `https://rpc.test/v1/${SECRET}` }
  return new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, args, { env }, (error, _, stderr) => {
      resolve({ code: error?.code ?? 0, stderr })
    })
  })
}

test.group('What no code has caught', () => {
  test('a rejection ends the process with exit code 1, and its error is shown without secrets', async ({
    assert,
  }) => {
    const { code, stderr } = await run(
      `Promise.reject(new Error('no answer of ' + process.env.BSC_RPC_URL))`
    )
    assert.equal(code, 1)
    assert.include(stderr, 'no answer of https://rpc.test/v1/…')
    assert.notInclude(stderr, SECRET)
  })
})

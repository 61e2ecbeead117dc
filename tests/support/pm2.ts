import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { TestContext } from '@japa/runner/core'
import app from '@adonisjs/core/services/app'

/** A PM2 in the background with a folder of its own. It does not outlive the test. */
export class BackgroundPm2 {
  private constructor(
    private readonly home: string,
    private readonly environment: Record<string, string>
  ) {}

  /** @param environment the settings of what it starts */
  static async start(test: TestContext['test'], environment: Record<string, string>) {
    const home = await mkdtemp(join(tmpdir(), 'regou-pm2-'))
    const pm2 = new BackgroundPm2(home, environment)
    test.cleanup(async () => {
      await pm2.run('kill')
      await rm(home, { recursive: true })
    })
    return pm2
  }

  /** Runs `pm2` as `npx` does, on the Node.js in node_modules, and answers what it prints. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await this.#run(args)
    return stdout
  }

  /** What it says of the processes that it runs. */
  async processes(): Promise<{ name: string; pid: number }[]> {
    return JSON.parse(await this.run('jlist'))
  }

  /** The newest lines that a process has written. */
  async logOf(name: string): Promise<string> {
    const { stdout, stderr } = await this.#run(['logs', name, '--nostream', '--raw'])
    return stdout + stderr
  }

  #run(args: string[]) {
    const bin = app.makePath('node_modules/.bin')
    return promisify(execFile)(join(bin, 'pm2'), args, {
      cwd: app.makePath(),
      env: {
        ...process.env,
        ...this.environment,
        PM2_HOME: this.home,
        NODE_CLUSTER_SCHED_POLICY: 'none',
        PATH: `${bin}${delimiter}${process.env.PATH}`,
      },
    })
  }
}

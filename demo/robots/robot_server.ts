import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Clock } from '#foundation/clock'
import { platforms, type PlatformName } from '#demo/robots/platforms'
import { PlayGroup, type RobotReply } from '#demo/robots/play_group'

/** The platforms that groups have robots on, on one port: what is sent is shown in a play group. */
export class RobotServer {
  readonly #clock: Pick<Clock, 'now'>
  readonly #groups = new Map<string, { platform: PlatformName; group: PlayGroup }>()
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then(({ status, headers, body }) => {
      const content = typeof body === 'string' ? body : JSON.stringify(body)
      response.writeHead(status, headers).end(status === 204 ? undefined : content)
    })
  })
  #url = ''

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  async listen() {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** A new group, and the URL of its robot as its platform gives it out. */
  addGroup(platform: PlatformName): { url: string; group: PlayGroup } {
    const group = new PlayGroup()
    const key = `secretkey${this.#groups.size + 1}of${platform}`
    this.#groups.set(key, { platform, group })
    return { url: `${this.#url}${PATHS[platform](key)}`, group }
  }

  async close() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage): Promise<RobotReply> {
    const url = new URL(request.url!, this.#url)
    const [, found] = [...this.#groups].find(([key]) => url.href.includes(key)) ?? []
    if (!found) return { status: 404, body: 'there is no such robot' }

    const body: unknown = JSON.parse(await text(request))
    return platforms[found.platform](found.group, { url, body }, this.#clock.now())
  }
}

/** Where each platform keeps the key of a robot in its URL. */
const PATHS: Record<PlatformName, (key: string) => string> = {
  wecom: (key) => `/cgi-bin/webhook/send?key=${key}`,
  feishu: (key) => `/open-apis/bot/v2/hook/${key}`,
  dingtalk: (key) => `/robot/send?access_token=${key}`,
  slack: (key) => `/services/T000/B000/${key}`,
  discord: (key) => `/api/webhooks/1/${key}`,
  telegram: (key) => `/bot1:${key}`,
}

import { renameSync, writeFileSync } from 'node:fs'
import type { LocalChain } from '#demo/chain/local_chain'

/** The time that the programs of the demo and its chain live in: today's, or set forward. */
export class DemoTime {
  readonly #path: string
  readonly #chain: LocalChain
  #aheadMs = 0

  constructor(path: string, chain: LocalChain) {
    this.#path = path
    this.#chain = chain
  }

  /** What a program has to be started with, so that it follows. */
  get variables() {
    const follow = `--import=${new URL('moved_time.js', import.meta.url)}`
    const options = [process.env.NODE_OPTIONS, follow].filter(Boolean).join(' ')
    return { NODE_OPTIONS: options, DEMO_TIME: this.#path }
  }

  /** Sets everything forward: blocks carry the later time from the next one on. */
  async advance(ms: number) {
    this.#aheadMs += ms
    writeFileSync(`${this.#path}.new`, String(this.#aheadMs))
    renameSync(`${this.#path}.new`, this.#path)
    await this.#chain.client.increaseTime({ seconds: Math.round(ms / 1000) })
  }
}

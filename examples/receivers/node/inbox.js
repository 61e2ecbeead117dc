import { randomUUID } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Keeps each event in a file that is named by its id, so that one that comes twice is known. */
export class Inbox {
  #folder

  constructor(folder = mkdtempSync(join(tmpdir(), 'regou-inbox-'))) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
  }

  /** Stores an event for good; false when it is there already. */
  add(event) {
    const draft = this.#path(`${randomUUID()}.draft`)
    writeFileSync(draft, JSON.stringify(event), { flush: true })
    try {
      linkSync(draft, this.#path(`${event.id}.json`)) // Whole or not at all, and only once.
      return true
    } catch (error) {
      if (error.code === 'EEXIST') return false
      throw error
    } finally {
      rmSync(draft)
    }
  }

  /** Notes that the work on an event is done. */
  finish({ id }) {
    writeFileSync(this.#path(`${id}.done`), '')
  }

  /** What was stored and not worked on when the process ended. */
  left() {
    const names = new Set(readdirSync(this.#folder))
    return [...names]
      .filter((name) => name.endsWith('.json') && !names.has(name.replace('.json', '.done')))
      .map((name) => JSON.parse(readFileSync(this.#path(name), 'utf8')))
  }

  #path(name) {
    if (!/^[\w-]+\.\w+$/.test(name)) throw new Error(`"${name}" cannot name a file`)
    return join(this.#folder, name)
  }
}

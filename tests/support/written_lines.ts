import { Writable } from 'node:stream'

/** Keeps what is written to it, for a test to read. */
export class WrittenLines extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    this.text += chunk
    done()
  }
}

import { hash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A file as it was written. */
export interface StoredFile {
  /** SHA-256 of its bytes in lower-case hex, which is its name as well. */
  contentHash: string
  /** In bytes. */
  size: number
}

/**
 * Packages as files below one folder, each under the hash of its content: what is there is never
 * changed, and the same content is the same file.
 */
export class PackageFiles {
  constructor(private readonly folder: string) {}

  /** Resolves when the file is on the disk, also after a power cut. @throws the system's error */
  async write(text: string): Promise<StoredFile> {
    const contentHash = hash('sha256', text)
    const path = this.pathOf(contentHash)
    const unfinished = `${path}.${process.pid}.tmp`
    await mkdir(dirname(path), { recursive: true })
    await writeThrough(unfinished, text)
    await rename(unfinished, path)
    await syncFolder(dirname(path))
    return { contentHash, size: Buffer.byteLength(text) }
  }

  /** The text of a package; null when its file is gone. */
  async read(contentHash: string): Promise<string | null> {
    return readFile(this.pathOf(contentHash), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
  }

  /** Deletes the file, also one that is gone. */
  async erase(contentHash: string): Promise<void> {
    await rm(this.pathOf(contentHash), { force: true })
  }

  /** Two digits of the hash are a folder: thousands of files in one are slow to list. */
  pathOf(contentHash: string): string {
    return join(this.folder, contentHash.slice(0, 2), `${contentHash}.json`)
  }
}

async function writeThrough(path: string, text: string) {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The name of a file is a line of its folder. */
async function syncFolder(path: string) {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

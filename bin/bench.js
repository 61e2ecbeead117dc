// Plain JavaScript, so that an older Node on the PATH can hand over to the project's own.
import { continueOnProjectNode } from './node.js'

if (await continueOnProjectNode()) {
  await import('@poppinss/ts-exec')
  await import('../benchmarks/main.ts')
}

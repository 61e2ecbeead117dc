import { OffThread } from '#foundation/threads/off_thread'
import { cardFonts } from '#views/card/fonts'
import type { Drawing } from '#views/card/thread'

/** A card takes a twentieth of a second; the first waits for the fonts. */
const DEADLINE_MS = 5_000
const HEAP_MB = 128

/** So many may wait to be drawn: whoever asks for more is sent away. */
const MOST_WAITING = 10

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

const thread = new OffThread<Drawing, Uint8Array | null>({
  entry: new URL(`./thread.${extension}`, import.meta.url),
  deadlineMs: DEADLINE_MS,
  heapMb: HEAP_MB,
  keyOf: ({ svg }) => svg,
  overdue: null,
})

let fonts: Uint8Array[] | undefined
let waiting = 0

/**
 * The picture of a card as PNG, drawn outside of the thread that answers requests. Null where too many are
 * waited for, or it cannot be drawn.
 *
 * @throws TransientError when no thread can be started
 */
export async function drawCard(svg: string): Promise<Uint8Array | null> {
  if (waiting >= MOST_WAITING) return null

  waiting++
  try {
    fonts ??= cardFonts()
    const [png] = await thread.ask([{ svg, fonts }])
    return png ?? null
  } finally {
    waiting--
  }
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { answerQuestions } from '#foundation/threads/answer_questions'

/** A card to draw, and with which fonts. */
export interface Drawing {
  svg: string
  fonts: Uint8Array[]
}

// The thread that draws cards: it knows neither files nor network, and what it is given is markup of our own.
const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
await initWasm(readFileSync(wasm))

answerQuestions(({ svg, fonts }: Drawing): Uint8Array | null => {
  try {
    const font = { fontBuffers: fonts, defaultFontFamily: 'DejaVu Sans' }
    const drawn = new Resvg(svg, { font })
    return drawn.render().asPng()
  } catch {
    return null
  }
})

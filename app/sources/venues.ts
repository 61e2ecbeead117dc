import type { Source } from '#sources/define_source'
import { flap } from '#sources/flap'
import { four } from '#sources/four'
import { gmgn } from '#sources/gmgn'
import { ocr } from '#sources/ocr'
import { pancake } from '#sources/pancake'

/** Every venue that Regou reads. A new one is its file and its line here. */
export const sources: readonly Source[] = [four, flap, pancake, gmgn, ocr]

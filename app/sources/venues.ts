import { defineSource, type Source } from '#sources/define_source'
import { clanker } from '#sources/clanker'
import { flap } from '#sources/flap'
import { four } from '#sources/four'
import { openFour } from '#sources/open_four'
import { pancake } from '#sources/pancake'

/** GMGN, whose lists are polled (app/collectors/gmgn): it has no contract of its own to read. */
export const gmgn = defineSource({ name: 'gmgn', label: 'GMGN', contracts: [] })

/** Text recognition of WeChat pictures, whose records come by the API (app/collectors/ocr). */
const ocr = defineSource({ name: 'ocr', label: 'OCR', contracts: [] })

/**
 * Every venue that Regou reads, in the order in which people see them. A new one is its file and its
 * line here: what collectors read, lists and forms accept, and users switch on follows from it.
 */
const VENUES: Source[] = [four, flap, openFour, clanker, pancake, gmgn, ocr]

export const sources: readonly Source[] = VENUES

/** The venues that launch tokens: each has a switch in the user center. */
export function launchpads(): Source[] {
  return sources.filter(({ hasLaunches }) => hasLaunches)
}

/**
 * Adds a venue as a line above does, for as long as a test needs it.
 *
 * @returns takes it out again
 */
export function addVenue(venue: Source): () => void {
  VENUES.push(venue)
  return () => void VENUES.splice(VENUES.indexOf(venue), 1)
}

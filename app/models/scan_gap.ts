import { ScanGapSchema } from '#database/schema'

/** Blocks that no endpoint could give, with the reason. Closed once they have been read after all. */
export default class ScanGap extends ScanGapSchema {}

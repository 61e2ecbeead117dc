/**
 * A reader's position is further than any fact ever was: it was given by another database. Waiting
 * until the ids get there would keep from the reader all that is stored until then.
 */
export class PositionBeyond extends Error {
  readonly field = 'Last-Event-ID'

  constructor() {
    super(
      'Last-Event-ID is beyond the newest event: this database has begun anew since. Leave it out to start with what is new, and take what you missed from the lists.'
    )
    this.name = 'PositionBeyond'
  }
}

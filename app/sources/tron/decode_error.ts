/** Bytes or JSON that no node of TRON answers, however hostile: nothing else is thrown while reading. */
export class TronDecodeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

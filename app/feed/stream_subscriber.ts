import { letOthersIn } from '#foundation/clock'
import { EventStream, eventText } from '#feed/event_stream'
import type { FeedSubscriber } from '#feed/feed_subscription'
import { formatPosition, type FeedBatch, type StreamPosition } from '#feed/stream_position'

/** An event on its way to a reader, with how far the reader has come once it has it. */
export interface Frame {
  position: StreamPosition
  event: string
  data: string
}

/** Turns a batch into what one reader gets of it. */
export type Framing = (batch: FeedBatch) => Frame[] | Promise<Frame[]>

/** Batches that may wait for their turn: a reader that is dropped resumes where it stopped. */
const MOST_WAITING = 100

/** Writes the live feed to one reader's event stream. */
export class StreamSubscriber implements FeedSubscriber {
  readonly stream: EventStream
  readonly #framing: Framing
  #position?: StreamPosition
  /** Batches are framed one after the other, so that none overtakes another. */
  #sending = Promise.resolve()
  #waiting = 0

  /** @param isHeard whether its heartbeats are events, for the script of a page */
  constructor(framing: Framing, isHeard = false) {
    this.#framing = framing
    this.stream = new EventStream(() => this.#mark(), { isHeard })
  }

  receive(batch: FeedBatch) {
    if (++this.#waiting > MOST_WAITING) {
      return void this.stream.destroy(new Error('The process falls behind with its event streams'))
    }
    this.#sending = this.#sending
      .then(async () => {
        for (const frame of await this.#framing(batch)) {
          await writingTurn()
          this.stream.sendText(textOf(frame))
        }
        this.#position = batch.position
        this.#waiting--
      })
      .catch((error) => void this.stream.destroy(error))
  }

  /** Sends what is no fact, behind everything received: it moves no position. */
  tell(event: string, data: string) {
    this.#sending = this.#sending.then(() => this.stream.send({ event, data }))
  }

  /** Ends once everything received was sent; `farewell` is the last event. */
  end(farewell?: string) {
    void this.#sending.then(() => {
      this.stream.send({ id: this.#mark(), event: farewell, data: farewell && 'end' })
      this.stream.end()
    })
  }

  #mark() {
    return this.#position && formatPosition(this.#position)
  }
}

/** Frames written to readers, of all streams, before others have their turn: some milliseconds of work. */
const FRAMES_IN_A_TURN = 100

let framesOfTurn = 0
let turn = Promise.resolve()

/** Waits for a turn to write a frame: thousands of readers of one event must not keep requests waiting. */
function writingTurn(): Promise<void> {
  framesOfTurn++
  if (framesOfTurn > FRAMES_IN_A_TURN) {
    framesOfTurn = 1
    turn = turn.then(letOthersIn)
  }
  return turn
}

/** The texts of frames that several readers get. */
const texts = new WeakMap<Frame, string>()

function textOf(frame: Frame): string {
  const { position, event, data } = frame
  const text = texts.get(frame) ?? eventText({ id: formatPosition(position), event, data })
  texts.set(frame, text)
  return text
}

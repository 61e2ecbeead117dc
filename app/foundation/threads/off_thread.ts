import { Worker } from 'node:worker_threads'
import { TransientError } from '#foundation/errors'

/** Questions that are sent to the thread together. Between two of these others are answered. */
const PIECE = 50

interface OffThreadOptions<Question, Answer> {
  /** The module that calls `answerQuestions`. */
  entry: URL
  /** How long one answer may take, in milliseconds: far longer than any does. */
  deadlineMs: number
  /** Memory of the thread, in MiB. */
  heapMb: number
  /** What questions share that cannot be answered in time: none of these is asked again. */
  keyOf: (question: Question) => string
  /** The answer to these. */
  overdue: Answer
}

interface Piece<Question, Answer> {
  questions: readonly Question[]
  resolve: (answers: Answer[]) => void
  reject: (error: Error) => void
}

interface Running {
  worker: Worker
  /** How many questions of the piece are answered: the thread writes it. */
  done: Int32Array
  isReady: boolean
}

/** After how long without a question the thread ends, in milliseconds. */
const IDLE_MS = 60_000

/** More keys than this are not remembered. */
const MOST_KEYS = 1000

/**
 * Has questions answered by a thread of this process, so that a long answer holds up nothing else. The
 * thread begins with the first question and ends when there is none for a while. An answer that takes
 * too long, or more memory than there is, ends the thread: that question is overdue, and a new thread
 * goes on with the others.
 */
export class OffThread<Question, Answer> {
  readonly #options: OffThreadOptions<Question, Answer>
  readonly #waiting: Piece<Question, Answer>[] = []
  readonly #overdue = new Set<string>()
  #running: Running | null = null
  #current: Piece<Question, Answer> | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(options: OffThreadOptions<Question, Answer>) {
    this.#options = options
  }

  /**
   * Answers in the order of the questions.
   *
   * @throws TransientError when no thread can be started
   */
  async ask(questions: readonly Question[]): Promise<Answer[]> {
    const answers: Answer[] = []
    for (let from = 0; from < questions.length; from += PIECE) {
      answers.push(...(await this.#askPiece(questions.slice(from, from + PIECE))))
    }
    return answers
  }

  async #askPiece(questions: readonly Question[]): Promise<Answer[]> {
    const { keyOf, overdue } = this.#options
    const isOverdue = (question: Question) => this.#overdue.has(keyOf(question))
    for (;;) {
      const asked = questions.filter((question) => !isOverdue(question))
      const answers = asked.length === 0 ? [] : await this.#enqueue(asked)
      if (answers.length === asked.length) {
        const known = answers.values()
        return questions.map((one) => (isOverdue(one) ? overdue : known.next().value!))
      }
    }
  }

  /** Answers fewer than there are questions when the thread ended at one of them. */
  #enqueue(questions: readonly Question[]): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ questions, resolve, reject })
      this.#next()
    })
  }

  #next() {
    if (this.#current) return

    clearTimeout(this.#timer)
    const piece = this.#waiting.shift()
    if (!piece) return this.#rest()

    this.#current = piece
    const running = (this.#running ??= this.#start())
    running.worker.ref()
    Atomics.store(running.done, 0, 0)
    running.worker.postMessage(piece.questions)
    if (running.isReady) this.#watch(running)
  }

  #start(): Running {
    const { entry, heapMb } = this.#options
    const done = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(entry, {
      ...translated(entry),
      workerData: done,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    const running = { worker, done, isReady: false }
    worker.on('message', (answers: Answer[] | 'ready') => {
      if (answers === 'ready') {
        running.isReady = true
        if (this.#current) this.#watch(running)
      } else {
        this.#settle(answers)
      }
    })
    worker.once('error', (error) => this.#onEnd(running, error))
    worker.once('exit', () => this.#onEnd(running, new Error('the thread has ended')))
    return running
  }

  #settle(answers: Answer[]) {
    const piece = this.#current
    this.#current = null
    piece?.resolve(answers)
    this.#next()
  }

  /** Ends the thread when one answer takes too long: twice, as after a pause of the whole machine one look proves nothing. */
  #watch(running: Running) {
    let answered = -1
    let looksWithout = 0
    this.#timer = setInterval(() => {
      const now = Atomics.load(running.done, 0)
      looksWithout = now === answered ? looksWithout + 1 : 0
      answered = now
      if (looksWithout === 2) this.#onEnd(running, null)
    }, this.#options.deadlineMs / 2)
  }

  /** @param error null: it is ended because it takes too long */
  #onEnd(running: Running, error: Error | null) {
    if (running !== this.#running) return
    this.#running = null
    void running.worker.terminate()

    const piece = this.#current
    this.#current = null
    if (!piece) return

    if (running.isReady) {
      this.#remember(piece.questions[Atomics.load(running.done, 0)]!)
      piece.resolve([])
    } else {
      const reason = error?.message ?? 'it did not start'
      piece.reject(new TransientError('thread', `A thread cannot be started: ${reason}`))
    }
    this.#next()
  }

  #remember(question: Question) {
    if (this.#overdue.size >= MOST_KEYS) this.#overdue.clear()
    this.#overdue.add(this.#options.keyOf(question))
  }

  /** A process that has nothing else to do may end. */
  #rest() {
    const running = this.#running
    if (!running) return
    running.worker.unref()
    this.#timer = setTimeout(() => {
      this.#running = null
      void running.worker.terminate()
    }, IDLE_MS)
    this.#timer.unref()
  }
}

/** Where this process runs the sources, the thread has to translate them as well. */
function translated(entry: URL) {
  const translation = new URL('../../../bin/typescript.js', import.meta.url)
  return entry.pathname.endsWith('.ts') ? { execArgv: [`--import=${translation}`] } : {}
}

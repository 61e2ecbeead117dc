import { parentPort, workerData } from 'node:worker_threads'

/** The thread's side of `OffThread`: answers questions until it is ended. `answer` does not throw. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer) {
  const done: Int32Array = workerData
  parentPort!.on('message', (questions: readonly Question[]) => {
    const answers = questions.map((question, index) => {
      Atomics.store(done, 0, index)
      return answer(question)
    })
    parentPort!.postMessage(answers)
  })
  parentPort!.postMessage('ready')
}

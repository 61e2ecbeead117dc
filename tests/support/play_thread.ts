import { answerQuestions } from '#foundation/threads/answer_questions'

// Doubles numbers. It never ends with "endless", and has no memory for "huge".
answerQuestions((question: number | string): number => {
  if (question === 'endless') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  if (question === 'huge') {
    const kept: number[][] = []
    for (;;) kept.push(new Array(100_000).fill(1))
  }
  return Number(question) * 2
})

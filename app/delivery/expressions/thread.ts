import { answerQuestions } from '#foundation/threads/answer_questions'
import { compileFilter } from '#delivery/expressions/filter'
import type { FilterCause, FilteredEvent } from '#delivery/expressions/filter'
import { Remembered } from '#delivery/expressions/remembered'
import { compileTemplate } from '#delivery/expressions/template'
import type { TemplateEvent } from '#delivery/expressions/template'

/** An expression that was checked, and what it is to be applied to. */
export type Question =
  | { kind: 'filter'; text: string; event: FilteredEvent }
  | { kind: 'template'; text: string; event: TemplateEvent }

/** What a filter says, or what a template makes: a payload, or the problem that it has with the event. */
export type Evaluated = FilterCause | Filled

export type Filled = { payload: string } | { problem: string }

// The thread that evaluates expressions. It loads nothing of the application but their language.
const filters = new Remembered((text) => compileFilter(text))
const templates = new Remembered((text) => compileTemplate(text))

answerQuestions((question: Question): Evaluated => {
  if (question.kind === 'filter') {
    return filters.get(question.text)(question.event)
  }
  try {
    return { payload: templates.get(question.text)(question.event) }
  } catch (error) {
    return { problem: (error as Error).message }
  }
})

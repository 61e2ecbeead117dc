import { failureWords } from '#delivery/outcomes/failure'
import type { FailureKind } from '#delivery/outcomes/failure'

/** Why a try failed: the kind, for which every language has words, and what came with it. */
export function failureView(kind: string | null, error: string | null) {
  if (kind === null) {
    return null
  }
  const words = failureWords[kind as FailureKind] ?? ''
  return { kind, detail: (error ?? '').replace(words, '').trim() }
}

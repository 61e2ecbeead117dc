import { TronAccountCheckSchema } from '#database/schema'

/** `unknown`: the two could not be compared, for the reason that is given. */
export const CHECK_VERDICTS = ['agrees', 'differs', 'unknown'] as const

export type CheckVerdict = (typeof CHECK_VERDICTS)[number]

/** A comparison of what an account has with what its records say. */
export default class TronAccountCheck extends TronAccountCheckSchema {
  declare verdict: CheckVerdict
}

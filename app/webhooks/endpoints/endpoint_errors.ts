import { OperatorError } from '#foundation/operator_error'

/** There is no such endpoint. */
export class UnknownEndpoint extends OperatorError {}

/** What is wrong with a URL that people give, for pages that have words of their own for it. */
export type UrlFault = 'malformed' | 'scheme' | 'password' | 'blocked' | 'double'

/** What was asked of an endpoint cannot be; `field` names the input to put right. */
export class RefusedEndpoint extends OperatorError {
  constructor(
    readonly field: string,
    message: string,
    readonly fault?: UrlFault
  ) {
    super(message)
  }
}

/** The endpoint follows WEBHOOK_URLS and can be changed nowhere else. */
export class EnvironmentEndpoint extends OperatorError {}

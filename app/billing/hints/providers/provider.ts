/** A call as it came over HTTP. */
export interface SignedCall {
  /** As it was signed: before anything was parsed, and after it was unzipped. */
  body: string
  /** With names in lower case. */
  headers: Record<string, string | undefined>
  secret: string
}

/** A service that tells of transfers, and how it proves that a call is its own. */
export interface HintProvider {
  /** The header that holds the proof; no other provider sends it. */
  header: string
  /** The environment variable that holds the secret. */
  variable: string
  /** Says whether whoever knows the secret has sent this. Takes equally long, however wrong the proof. */
  isSigned(call: SignedCall): boolean
}

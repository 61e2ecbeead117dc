export interface PushConnection {
  readonly socket: { readonly readyState: number }
  close(): void
}

/** What viem's WebSocket transport can do beyond answering calls. */
export interface PushTransport {
  /** The connection to the endpoint; opens it when there is none. */
  getRpcClient(): Promise<PushConnection>
  subscribe(options: {
    params: ['newHeads']
    onData: (data: { result: unknown }) => void
    onError: (error: unknown) => void
  }): Promise<unknown>
}

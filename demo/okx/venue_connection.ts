import type { AccountEvent } from '#demo/okx/ledger/account'
import type { Told } from '#demo/okx/socket/channels'
import type { CLOSES } from '#demo/okx/socket/socket_refusal'
import type { VenueAccount } from '#demo/okx/venue_account'

export type SocketKind = 'private' | 'business' | 'public'

/** A connection of a client, as the venue knows it. */
export interface VenueConnection {
  readonly kind: SocketKind
  /** Null before the login. */
  account: VenueAccount | null
  /** Nothing is sent, answered or closed any more, and the client is not told. */
  isSilent: boolean

  /** Whether a channel is subscribed to. */
  has(channel: string): boolean

  /** Tells what happened to the account, in every channel that is subscribed to. */
  tell(event: AccountEvent): void

  /** Tells something that is not of an account. */
  broadcast(channel: string, message: Told): void

  /** Says that the connection will be closed, and cuts it after so many milliseconds. */
  announceUpgrade(afterMs: number): void

  /** Does what time has brought: late messages, regular ones, and the end of the connection. */
  tick(): void

  close(why: keyof typeof CLOSES): void

  /** Ends without a close frame. */
  cut(): void
}

/** The part of ws that the tests use: it brings no types of its own. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events'
  import type { Server } from 'node:http'

  export class WebSocket extends EventEmitter {
    send(text: string): void
    terminate(): void
  }

  export class WebSocketServer extends EventEmitter {
    readonly clients: Set<WebSocket>
    constructor(options: { server: Server })
  }
}

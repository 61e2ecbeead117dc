import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

const BRIDGE = 'regou0'
const PREFIX = '10.77.0'

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })

/** A network of machines, each a network namespace with a cable of its own to one switch. Needs root. */
export class Network {
  readonly #machines: Machine[] = []
  readonly #services: Service[] = []

  constructor() {
    ip('link', 'add', BRIDGE, 'type', 'bridge')
    ip('link', 'set', BRIDGE, 'up')
    ip('addr', 'add', `${PREFIX}.1/24`, 'dev', BRIDGE)
  }

  machine(name: string): Machine {
    const machine = new Machine(name, `${PREFIX}.${11 + this.#machines.length}`)
    this.#machines.push(machine)
    return machine
  }

  service(): Service {
    const service = new Service(`${PREFIX}.${2 + this.#services.length}`)
    this.#services.push(service)
    return service
  }

  async remove() {
    await Promise.all(this.#machines.map((machine) => machine.remove()))
    for (const service of this.#services) service.close()
    ip('link', 'del', BRIDGE)
  }
}

/** A machine with one process. */
export class Machine {
  readonly #cable: string
  #process?: ChildProcess

  constructor(
    readonly name: string,
    readonly address: string
  ) {
    this.#cable = `rg-${name}`
    ip('netns', 'add', this.#cable)
    ip('link', 'add', this.#cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#cable)
    ip('link', 'set', this.#cable, 'master', BRIDGE, 'up')
    ip('-n', this.#cable, 'link', 'set', 'lo', 'up')
    ip('-n', this.#cable, 'link', 'set', 'eth0', 'up')
    ip('-n', this.#cable, 'addr', 'add', `${address}/24`, 'dev', 'eth0')
  }

  /** Starts a program in Node.js, under the machine's own host name. */
  start(args: readonly string[], environment: NodeJS.ProcessEnv) {
    const inside = ['netns', 'exec', this.#cable, 'unshare', '--uts', 'sh', '-c']
    const script = `hostname ${this.name} && exec "$@"`
    this.#process = spawn('ip', [...inside, script, 'sh', process.execPath, ...args], {
      env: environment,
      stdio: ['ignore', 'ignore', process.env.DRILL_LOG ? 'inherit' : 'ignore'],
    })
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL') {
    const program = this.#process
    this.#process = undefined
    if (program?.kill(signal)) await once(program, 'exit')
  }

  /** Resolves when the process has ended by itself. */
  async ended() {
    const program = this.#process
    this.#process = undefined
    if (program) await once(program, 'exit')
  }

  /** Pulls the cable: nothing says so to either side. */
  cut() {
    ip('link', 'set', this.#cable, 'down')
  }

  mend() {
    ip('link', 'set', this.#cable, 'up')
  }

  async remove() {
    await this.kill()
    // Connections that are closing keep a namespace, and its end of the cable, for a minute.
    ip('link', 'del', this.#cable)
    ip('netns', 'del', this.#cable)
  }
}

/** A server at an address of its own, which passes connections on to one of this machine. */
export class Service {
  readonly #sockets = new Set<Socket>()
  #server?: Server

  constructor(readonly address: string) {
    this.mend()
  }

  async passOn(port: number, target: number) {
    this.#server = createServer((client) => {
      const onward = connect(target, '127.0.0.1')
      for (const socket of [client, onward]) {
        this.#sockets.add(socket)
        socket.on('error', () => {})
        socket.once('close', () => {
          this.#sockets.delete(socket)
          client.destroy()
          onward.destroy()
        })
      }
      client.pipe(onward).pipe(client)
    }).listen(port, this.address)
    await once(this.#server, 'listening')
  }

  /** Pulls the cable: packets to its address lead nowhere. */
  cut() {
    ip('addr', 'del', `${this.address}/24`, 'dev', BRIDGE)
  }

  mend() {
    ip('addr', 'add', `${this.address}/24`, 'dev', BRIDGE)
  }

  /** As a server that dies: connections are reset, and new ones refused. */
  close() {
    this.#server?.close()
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }
}

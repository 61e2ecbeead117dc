import { throwawayXpub } from '#demo/processes/environment'
import { freePort } from '#demo/processes/ports'
import { Regou } from '#benchmarks/support/regou'

/** What signs the calls that tell of transfers, in the words of the provider whose form they have. */
export const SIGNING_KEY = 'a signing key of the benchmark'

/** Regou, with an address for each user, and processes that differ in single settings. */
export class Installation {
  readonly #xpub = throwawayXpub()
  readonly #first: Regou

  constructor(
    private readonly root: string,
    private readonly chainUrl: string,
    readonly port: number
  ) {
    this.#first = this.#regou(port, {})
  }

  get databasePath(): string {
    return this.#first.databasePath
  }

  async migrate() {
    await this.#first.run('ace.js', 'migration:run', '--force', '--no-schema-generate')
  }

  /** Commands on the same database that go on until they are stopped together. */
  async processes(variables: NodeJS.ProcessEnv): Promise<Regou> {
    return this.#regou(await freePort(), {
      DATABASE_PATH: this.databasePath,
      PORT: String(this.port),
      ...variables,
    })
  }

  #regou(port: number, variables: NodeJS.ProcessEnv): Regou {
    return new Regou(this.root, {
      chainUrl: this.chainUrl,
      port,
      receiverPort: 9,
      variables: {
        BNB_XPUB: this.#xpub,
        DEMO_MODE: 'false',
        ALCHEMY_SIGNING_KEY: SIGNING_KEY,
        ...variables,
      },
    })
  }
}

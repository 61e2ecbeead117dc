import { connectWithPatience } from '#foundation/connecting'

export default class NetworkProvider {
  /** Before any connection is made, in every process. */
  register() {
    connectWithPatience()
  }
}

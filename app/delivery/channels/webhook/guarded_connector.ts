import { lookup } from 'node:dns'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressGuard } from '#delivery/channels/webhook/address_guard'

class BlockedAddressError extends Error {
  code = 'E_ADDRESS_BLOCKED'
}

/**
 * Opens the sockets for webhooks, to allowed addresses only. Address literals are checked here,
 * because Node.js looks up names only. Of a name every address must be allowed, and exactly those
 * are connected to: a second answer of a changing DNS has no effect.
 */
export function guardedConnector(guard: AddressGuard, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({
    allowH2: false,
    timeout: timeoutMs,
    lookup: guardedLookup(guard),
    autoSelectFamily: true,
  })

  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !guard.allows(host)) {
      process.nextTick(() => callback(new BlockedAddressError(host), null))
      return
    }
    connect(options, (error, socket) => {
      if (error) {
        return callback(error, null)
      }
      if (!guard.allows(socket.remoteAddress ?? '')) {
        socket.destroy()
        return callback(new BlockedAddressError(socket.remoteAddress), null)
      }
      callback(null, socket)
    })
  }
}

function guardedLookup(guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        return callback(error, '')
      }
      const blocked = addresses.find(({ address }) => !guard.allows(address))
      if (blocked) {
        return callback(new BlockedAddressError(`${hostname} is ${blocked.address}`), '')
      }
      const { address, family } = addresses[0]!
      return options.all ? callback(null, addresses) : callback(null, address, family)
    })
  }
}

import type { House, Running } from '#benchmarks/machines/house'
import type { Machine, Service } from '#benchmarks/machines/network'

export interface Fault {
  name: string
  /** Lets it happen, and answers what mends it. */
  happen: (house: House) => Promise<() => Promise<void>>
}

const cut = (name: string, of: (house: House) => Machine | Service): Fault => ({
  name: `${name}: cable pulled`,
  happen: async (house) => {
    of(house).cut()
    return async () => of(house).mend()
  },
})

const kill = (name: string, of: (house: House) => Running): Fault => ({
  name: `${name}: killed`,
  happen: async (house) => {
    await of(house).made.kill()
    return async () => of(house).start()
  },
})

const reset = (
  name: string,
  of: (house: House) => [service: Service, port: number, target: number]
): Fault => ({
  name: `${name}: connections reset, refused`,
  happen: async (house) => {
    const [service, port, target] = of(house)
    service.close()
    return () => service.passOn(port, target)
  },
})

/** Each link is cut, and each process killed, one after the other. */
export const FAULTS: readonly Fault[] = [
  kill('scanner', ({ scanner }) => scanner),
  kill('other scanner', ({ scanner2 }) => scanner2),
  cut('other scanner', ({ scanner2 }) => scanner2.made),
  cut('scanner', ({ scanner }) => scanner.made),
  kill('sender', ({ sender }) => sender),
  kill('other sender', ({ sender2 }) => sender2),
  cut('other sender', ({ sender2 }) => sender2.made),
  kill('web', ({ web }) => web),
  cut('other web', ({ web2 }) => web2.made),
  cut('Redis', ({ store }) => store),
  reset('Redis', ({ store, ports }) => [store, 6379, ports.store]),
  cut('PostgreSQL', ({ database }) => database),
  reset('PostgreSQL', ({ database, ports }) => [database, 5432, ports.database]),
  cut('chain node', ({ node }) => node),
  cut('receiver', ({ receiver }) => receiver),
]

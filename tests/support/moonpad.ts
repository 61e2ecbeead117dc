import { contract, defineSource, event } from '#sources/define_source'

export const MOONPAD = '0x3333333333333333333333333333333333333333'

export const LAUNCHED = 'event Launched(address indexed token, address creator, string symbol)'

/** A made-up launchpad: the one file that a new venue is. */
export const moonpad = defineSource({
  name: 'moonpad',
  label: 'Moonpad',
  hasLaunches: true,
  contracts: [
    contract(MOONPAD, [
      event(LAUNCHED, ({ token, creator, symbol }) => [
        { type: 'launch', kind: 'created', token, creator, symbol, poolId: token },
      ]),
    ]),
  ],
})

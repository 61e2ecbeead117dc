import demoConfig from '#config/demo'

const EXPLORERS: Record<number, string> = {
  56: 'https://bscscan.com',
  97: 'https://testnet.bscscan.com',
}

type Subject = 'token' | 'tx' | 'address'

/**
 * The page of a block explorer about something on the chain, or null where there is none: the local chain
 * of the demo has the id of BSC, but BscScan knows nothing of it.
 */
export function explorerUrl(chainId: number, subject: Subject, id: string): string | null {
  const explorer = demoConfig.isOn ? undefined : EXPLORERS[chainId]
  return explorer && id.startsWith('0x') ? `${explorer}/${subject}/${id}` : null
}

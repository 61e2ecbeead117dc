const EXPLORERS: Record<number, string> = {
  56: 'https://bscscan.com',
  97: 'https://testnet.bscscan.com',
}

type Subject = 'token' | 'tx' | 'address'

/** The page of a block explorer about something on the chain, or null where there is none. */
export function explorerUrl(chainId: number, subject: Subject, id: string): string | null {
  const explorer = EXPLORERS[chainId]
  return explorer && id.startsWith('0x') ? `${explorer}/${subject}/${id}` : null
}

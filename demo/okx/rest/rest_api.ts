import { algoRow } from '#demo/okx/ledger/algo_order'
import { OrderRefused, type OrderRequest } from '#demo/okx/ledger/order'
import { RestRefusal, type Answer } from '#demo/okx/rest/answer'
import { accountOf, type SignedRequest } from '#demo/okx/rest/check_signature'
import { isForgotten, LISTS, required } from '#demo/okx/rest/lists'
import type { Query } from '#demo/okx/rest/paging'
import { Rates } from '#demo/okx/rest/rates'
import { accountRow, balanceDetail, instrumentRow, positionRow } from '#demo/okx/rows/account_rows'
import { orderRow, type Row } from '#demo/okx/rows/order_rows'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { Venue } from '#demo/okx/venue'

/** Answers requests as the venue's REST API does: public ones, and those that a key has signed. */
export class RestApi {
  readonly #venue: Venue
  readonly #rates = new Rates()

  constructor(venue: Venue) {
    this.#venue = venue
  }

  answer(request: SignedRequest): Answer {
    try {
      return { status: 200, body: { code: '0', msg: '', data: this.#rows(request) } }
    } catch (error) {
      if (error instanceof RestRefusal) return error.answer
      if (error instanceof OrderRefused) return orderRefusal(error)
      throw error
    }
  }

  #rows(request: SignedRequest): Row[] {
    const venue = this.#venue
    const url = new URL(request.path, 'http://venue')
    const name = url.pathname.replace('/api/v5/', '')
    const query: Query = Object.fromEntries(url.searchParams)
    const endpoint = `${request.method} ${url.pathname}`
    const isPublic = name in PUBLIC
    if (venue.maintenance.isOn && name !== 'system/status') throw new RestRefusal('50001')

    const account = isPublic ? null : accountOf(venue, request)
    if (venue.knobs.countsRequests) {
      this.#rates.count(endpoint, account?.ledger.uid ?? request.ip, venue.now())
    }
    if (!account) return PUBLIC[name]!(venue, query)
    if (request.method === 'POST') return this.#trade(name, account, parsed(request.body))
    const answer = LISTS[name] ?? OF_ACCOUNT[name]
    if (!answer) throw new RestRefusal('51000', 'path')
    return answer(venue, account, query)
  }

  #trade(name: string, account: VenueAccount, body: Query): Row[] {
    if (!account.permissions.split(',').includes('trade')) throw new RestRefusal('50120')
    const done = (ordId: string) => [
      {
        ordId,
        clOrdId: body.clOrdId ?? '',
        sCode: '0',
        sMsg: '',
        tag: '',
        ts: String(this.#venue.now()),
      },
    ]
    switch (name) {
      case 'trade/order':
        return done(account.place(body as unknown as OrderRequest).ordId)
      case 'trade/cancel-order':
        return done(account.cancel(required(body, 'ordId')).ordId)
      case 'trade/amend-order':
        return done(account.amend(required(body, 'ordId'), body).ordId)
      default:
        throw new RestRefusal('51000', 'path')
    }
  }
}

const PUBLIC: Record<string, (venue: Venue, query: Query) => Row[]> = {
  'public/time': (venue) => [{ ts: String(venue.now()) }],
  'public/instruments': ({ exchange }, query) => {
    const instType = required(query, 'instType')
    return [...exchange.instruments.values()]
      .filter((one) => one.instType === instType && (query.instId ?? one.instId) === one.instId)
      .map(instrumentRow)
  },
  'system/status': ({ maintenance }, { state }) =>
    maintenance.rows.filter((row) => !state || row.state === state),
}

const OF_ACCOUNT: Record<string, (venue: Venue, account: VenueAccount, query: Query) => Row[]> = {
  'account/config': (_, { ledger, permissions, ip }) => [
    {
      uid: ledger.uid,
      mainUid: ledger.uid,
      acctLv: '2',
      posMode: ledger.posMode,
      autoLoan: false,
      greeksType: 'PA',
      level: 'Lv1',
      levelTmp: '',
      ctIsoMode: 'automatic',
      mgnIsoMode: 'automatic',
      roleType: '0',
      type: '0',
      kycLv: '2',
      label: 'regou',
      ip,
      perm: permissions,
    },
  ],
  'account/balance': ({ now }, { ledger }, { ccy }) => {
    const asked = ccy?.split(',') ?? [...ledger.balances.keys()]
    const details = asked.map((each) => balanceDetail(ledger, each))
    return [accountRow(ledger, details, now())]
  },
  'account/positions': ({ now }, { ledger }, { instType, instId }) => {
    if (instType === 'SPOT') throw new RestRefusal('51000', 'instType')
    return ledger.openPositions
      .filter(({ instrument }) => (instId ?? instrument.instId) === instrument.instId)
      .map((position) => positionRow(position, now()))
  },
  'trade/order': ({ now }, { ledger }, { ordId, clOrdId }) => {
    if (!ordId && !clOrdId) throw new RestRefusal('51003')
    const order = ordId
      ? ledger.orders.get(ordId)
      : [...ledger.orders.values()].find((one) => one.clOrdId === clOrdId)
    if (!order || isForgotten(order, now())) throw new RestRefusal('51603')
    return [orderRow(order)]
  },
  'trade/order-algo': (_, { ledger }, query) => {
    const algo = ledger.algoOrders.get(required(query, 'algoId'))
    if (!algo) throw new RestRefusal('51603')
    return [algoRow(algo)]
  },
}

function parsed(body: string): Query {
  try {
    return JSON.parse(body) as Query
  } catch {
    throw new RestRefusal('51000', 'body')
  }
}

/** A refused order answers with success of the request, and its own code within. */
function orderRefusal({ sCode, sMsg }: OrderRefused): Answer {
  const data = [{ clOrdId: '', ordId: '', sCode, sMsg, tag: '' }]
  return { status: 200, body: { code: '1', msg: 'All operations failed', data } }
}

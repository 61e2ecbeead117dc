import { configApp } from '@adonisjs/eslint-config'

/**
 * The import rules of the house (docs/architecture.md). Data flows one way; a room never
 * imports what stands to its right, nor the edges that call it.
 */
const EDGES = [
  'controllers',
  'middleware',
  'validators',
  'http',
  'views',
  'openapi',
  'exceptions',
  'commands',
  'demo',
  'start',
]

/** A channel. A further one is a line of its own below: none is among what another may import. */
const CHANNEL = {
  mayImport: ['foundation', 'models', 'facts', 'billing', 'delivery'],
  why: 'A channel knows the engine and what it delivers, never another channel nor where facts come from.',
}

const ROOMS = {
  foundation: {
    mayImport: [],
    why: 'The foundation stands on nothing: move the code to the room that needs it.',
  },
  facts: {
    mayImport: ['foundation'],
    why: 'A kind of fact says what it is; rooms derive what they do with it.',
  },
  models: {
    mayImport: ['foundation', 'facts'],
    why: 'Models are what every room shares, so they import none of them but what facts are.',
  },
  sources: {
    mayImport: ['facts', 'models'],
    why: 'A source only says how to read a log: viem/ox, its own types, and what facts are.',
  },
  collectors: {
    mayImport: ['foundation', 'models', 'facts', 'sources'],
    why: 'Collectors write facts and know nothing of who reads them. They meet delivery in the database only.',
  },
  delivery: {
    // Of billing it asks one thing: who may be told of what. Billing never asks back.
    mayImport: ['foundation', 'models', 'facts', 'billing'],
    why: 'Delivery reads facts from the database and knows nothing of where they come from, nor of any channel.',
  },
  // Group robots are endpoints that are told in the words of chats.
  webhooks: { ...CHANNEL, mayImport: [...CHANNEL.mayImport, 'chat'] },
  chat: {
    mayImport: [
      'foundation',
      'models',
      'facts',
      'sources',
      'delivery',
      'billing',
      'accounts',
      'feed',
    ],
    why: 'Chat answers words with words, whichever app they came from: it knows no app.',
  },
  // Its users speak to it: words come in where pushes go out.
  wechat: { ...CHANNEL, mayImport: [...CHANNEL.mayImport, 'chat'] },
  telegram: { ...CHANNEL, mayImport: [...CHANNEL.mayImport, 'chat'] },
  market: {
    mayImport: ['foundation', 'models', 'facts'],
    why: 'Figures of the market follow from stored facts: they are kept beside the reading, for whoever shows them.',
  },
  web_push: { ...CHANNEL, mayImport: [...CHANNEL.mayImport, 'chat'] },
  feed: {
    mayImport: ['foundation', 'models', 'facts', 'sources', 'market'],
    why: 'The feed reads facts for people: it neither scans nor delivers.',
  },
  accounts: {
    // Of verification it asks one thing: to erase what is kept of a user.
    mayImport: [
      'foundation',
      'models',
      'facts',
      'sources',
      'delivery',
      'webhooks',
      'billing',
      'verification',
    ],
    why: 'An account has things in delivery and billing: it asks for them, and is asked by nobody but the edges.',
  },
  billing: {
    mayImport: ['foundation', 'models', 'facts'],
    why: 'Billing reads balances and keeps the ledger: it knows nothing of who is sent what.',
  },
  orders: {
    // Of delivery it asks one thing: to raise an alert.
    mayImport: ['foundation', 'models', 'facts', 'delivery'],
    why: 'Orders are a state machine over facts: they neither read the venue nor deliver.',
  },
  verification: {
    mayImport: ['foundation', 'models', 'facts', 'sources', 'orders'],
    why: 'A verification compares what was recorded with what the venue answers now, and moves orders.',
  },
  legacy: {
    mayImport: [
      'foundation',
      'models',
      'facts',
      'sources',
      'collectors',
      'billing',
      'accounts',
      'wechat',
    ],
    why: 'An import hands each thing to the room that keeps it, and is asked by no room.',
  },
  backups: {
    mayImport: ['foundation', 'models'],
    why: 'A backup copies the database as a whole: it knows nothing of what is in it.',
  },
  moves: {
    mayImport: ['foundation'],
    why: 'A move copies tables as they are: it knows nothing of what is in them.',
  },
  operator: {
    mayImport: ['foundation', 'models'],
    why: 'The log of operators says who did what: what was done is known to the edges alone.',
  },
  health: {
    // Of billing it asks who is to be told of what, of delivery what the states of jobs and alerts mean.
    mayImport: [
      'foundation',
      'models',
      'facts',
      'backups',
      'billing',
      'delivery',
      'webhooks',
      'wechat',
      'telegram',
    ],
    why: 'Health asks what others do and is asked by nobody but metrics and the edges.',
  },
  metrics: {
    mayImport: ['foundation', 'models', 'facts', 'delivery', 'health', 'orders', 'verification'],
    why: 'Metrics write down what others read, in the format of Prometheus.',
  },
}

const forbid = (group, message) => ({ group, message })

/** Every process would start by a third of a second later. */
const WHOLE_OX = {
  name: 'ox',
  message: 'Import the part that is needed, such as "ox/Hash".',
}

const partsOnly = {
  files: ['**/*.ts'],
  rules: { 'no-restricted-imports': ['error', { paths: [WHOLE_OX] }] },
}

const roomRules = Object.entries(ROOMS).map(([room, { mayImport, why }]) => {
  const others = Object.keys(ROOMS).filter((other) => other !== room && !mayImport.includes(other))
  const http = forbid(
    [
      '@adonisjs/core/http',
      '@adonisjs/core/services/router',
      '@adonisjs/session*',
      '@adonisjs/shield*',
    ],
    'Domain rooms know nothing of HTTP: take plain input and let a controller call you.'
  )
  const edges = forbid(
    EDGES.map((edge) => `#${edge}/*`),
    'Domain rooms never import the edges (controllers, commands, demo …): they are called by them.'
  )
  const rooms = others.length
    ? [
        forbid(
          others.map((other) => `#${other}/*`),
          why
        ),
      ]
    : []

  return {
    files: [`app/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', { paths: [WHOLE_OX], patterns: [http, edges, ...rooms] }],
    },
  }
})

const pureSources = {
  files: ['app/sources/**/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [WHOLE_OX],
        patterns: [
          {
            regex: '^(?!#sources/|#facts/|#models/|#foundation/text/|viem|ox|node:crypto$)',
            message:
              'Sources are pure: nothing but viem/ox and node:crypto, other files of app/sources, foundation/text, and types of facts and models.',
          },
        ],
      },
    ],
  },
}

const OWN_TRANSACTION = {
  selector: 'CallExpression[callee.property.name=/^(transaction|beginGlobalTransaction)$/]',
  message:
    'Use writeTransaction, or transaction where no process has to wake up (app/foundation/db): they reject when COMMIT fails.',
}

/** The clock of the day is set forward and back. Times that are stored are subtracted by other names. */
const MEASURED_BY_THE_DAY = {
  selector:
    'BinaryExpression[operator="-"] > CallExpression.left[callee.property.name="now"][callee.object.name!="performance"] ~ :matches(Identifier[name=/(At|began|begun|started)$/], MemberExpression[property.name=/(At|began|begun|started)$/]).right',
  message: 'Measure how long something took, or is ago, by elapsed() of the clock.',
}

const OWN_CLOCK = {
  selector:
    ':matches(MemberExpression[object.name="Date"][property.name="now"], NewExpression[callee.name="Date"][arguments.length=0])',
  message: 'Ask a Clock (app/foundation/clock.ts): tests set it, and it follows the database.',
}

const OWN_OUTPUT = {
  selector:
    'MemberExpression[property.name="write"][object.property.name=/^std(out|err)$/], MemberExpression[object.name="console"]',
  message:
    'Use print or printAside (app/foundation/cli/print.ts): words of strangers act on no terminal there.',
}

const SPREAD_LITERAL = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message:
    'Write its properties as they are: no type finds one too many in an object that is spread.',
}

/** Where the rules below are not held. */
const elsewhere = {
  files: ['demo/**/*.ts', 'tests/**/*.ts', 'benchmarks/**/*.ts', 'config/**/*.ts'],
  rules: { 'no-restricted-syntax': ['error', SPREAD_LITERAL] },
}

/** What has one place, because all else gets it wrong: transactions, and the time. */
const onePlace = {
  files: ['app/**/*.ts', 'commands/**/*.ts', 'providers/**/*.ts', 'start/**/*.ts'],
  ignores: ['app/foundation/db/transaction.ts', 'app/foundation/clock.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      SPREAD_LITERAL,
      OWN_TRANSACTION,
      MEASURED_BY_THE_DAY,
      OWN_CLOCK,
    ],
  },
}

/** Where one of them has its place, the others hold all the same. Commands have one more. */
const itsPlaces = [
  {
    files: ['commands/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        SPREAD_LITERAL,
        OWN_TRANSACTION,
        MEASURED_BY_THE_DAY,
        OWN_CLOCK,
        OWN_OUTPUT,
      ],
    },
  },
  {
    files: ['app/foundation/db/transaction.ts'],
    rules: { 'no-restricted-syntax': ['error', SPREAD_LITERAL, MEASURED_BY_THE_DAY, OWN_CLOCK] },
  },
  {
    files: ['app/foundation/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', SPREAD_LITERAL, OWN_TRANSACTION] },
  },
]

export default configApp(
  { ignores: ['tmp/**', 'data/**', 'examples/**', 'database/schema.ts'] },
  partsOnly,
  ...roomRules,
  pureSources,
  elsewhere,
  onePlace,
  ...itsPlaces,
  // oxfmt prints what Prettier would, in half a second where Prettier inside ESLint takes half a minute.
  { rules: { 'prettier/prettier': 'off' } }
)

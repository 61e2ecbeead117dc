/** Filters to begin with, by the name of their words under `endpoint_form.examples`. */
export const FILTER_EXAMPLES = {
  oneSource: 'source == "four"',
  largeBuys:
    'event_type == "trade.executed" && data.side == "buy" && data.quote_symbol == "BNB" && units(data.quote_amount) > 1.0',
  word: 'event_type == "launch.created" && data.symbol.lowerAscii().contains("cat")',
  creators:
    'event_type == "launch.created" && data.creator in ["0x00000000000000000000000000000000000000a1"]',
} as const

/** A template to begin with: a short text for each trade. */
export const TEMPLATE_EXAMPLE =
  '{"text": data.side + " of " + string(units(data.quote_amount)) + " " + data.quote_symbol, "id": id}'

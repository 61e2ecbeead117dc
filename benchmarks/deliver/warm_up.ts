/**
 * How many of the jobs are done before the clock starts, in every contender: a sender runs for
 * weeks, and what it takes to compile its code and to open its connections is not what it costs.
 */
export const warmUp = Number(process.env.BENCH_WARM_UP ?? 0)

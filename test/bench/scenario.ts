/** The scenarios: catch-up, filling, fan-out, idleness, rate, storm. */
export const SCENARIOS = ['s1', 's2', 's3', 's4', 's5', 'storm'] as const;

/** One of SCENARIOS. */
export type Scenario = (typeof SCENARIOS)[number];

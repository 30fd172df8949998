// The LACP simulation: what two or more ends joined by cables come to, in simulated time. It knows nothing of intents
// and configuration; an adapter brings those to the words of input.ts.

export type { ActiveAggregatorView, Churn, Held, LinuxPortView, Selected } from './device.ts'
export { type Failure, type FailureOutcome, simulateFailure } from './failure.ts'
export * from './input.ts'
export { bit, bitsOf, type PortInfo, type StateBit } from './lacpdu.ts'
export { possibleOutcomes } from './orders.ts'
export * from './outcome.ts'
export { simulateLacp, simulateLacpAt, usualEnd } from './simulate.ts'

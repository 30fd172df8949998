// The plan of a change as others use it.

export type { Caution } from './cautions.ts'
export type { DeviceChange, Kind, LagChange, OptionChange, Recabled, SwitchChange } from './change.ts'
export type { Grade, Order, Step, Stop } from './order.ts'
export { type Applying, type BondPlan, type HostPlan, type Plan, plan } from './plan.ts'

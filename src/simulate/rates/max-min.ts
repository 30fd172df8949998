// The fair share: what flows get of links when none can have more without another that has no more losing some. Flows
// that never end, as a copy does, come close to it. Progressive filling: all rates rise together until a link is full;
// the flows on it keep what they have, the others go on. Which links a flow uses is for the caller to say, and each
// direction of a cable is a link by itself. Source: Bertsekas and Gallager, Data Networks, section 6.5.2.

/** Flows that use the same links in the same way. */
export interface FlowClass {
  /** How many there are, 0 or more. */
  readonly count: number
  /** Links by index. */
  readonly links: readonly number[]
  /**
   * How much of each link one unit of the flow's rate takes: 1 usually, 1/n where packets are dealt to n links in turn,
   * more than 1 where copies of each frame pass. Above 0.
   */
  readonly shares: readonly number[]
  /** What the flow cannot exceed by itself, in the unit of the capacities; absent: nothing. */
  readonly limit?: number
}

/** Below this part of a link's capacity, what is left of it counts as nothing. */
const rest = 1e-9

/**
 * The rate of one flow of each class, in the unit of the capacities. A class without links and without limit gets
 * Infinity. Pure; the work grows with classes times links.
 */
export function maxMin(classes: readonly FlowClass[], capacities: readonly number[]): Float64Array {
  const rates = new Float64Array(classes.length)
  const left = Float64Array.from(capacities)
  const load = new Float64Array(capacities.length)
  const open: number[] = []
  for (const [index, one] of classes.entries()) {
    if (one.count === 0) continue
    if (one.links.length === 0 && one.limit === undefined) {
      rates[index] = Number.POSITIVE_INFINITY
      continue
    }
    open.push(index)
    change(load, one, one.count)
  }
  let level = 0
  let active = open
  while (active.length > 0) {
    const step = nextStep(classes, active, left, load, level)
    level += step
    for (let link = 0; link < left.length; link++) left[link] = (left[link] ?? 0) - step * (load[link] ?? 0)
    const going: number[] = []
    for (const index of active) {
      const one = classes[index]
      if (one === undefined) continue
      if (isStopped(one, left, capacities, level)) {
        rates[index] = level
        change(load, one, -one.count)
      } else going.push(index)
    }
    active = going
  }
  return rates
}

function change(load: Float64Array, { links, shares }: FlowClass, count: number): void {
  for (let at = 0; at < links.length; at++) {
    const link = links[at] ?? 0
    load[link] = (load[link] ?? 0) + count * (shares[at] ?? 1)
  }
}

/** How far all open flows can rise until a link is full or a flow has reached its limit. */
function nextStep(
  classes: readonly FlowClass[],
  active: readonly number[],
  left: Float64Array,
  load: Float64Array,
  level: number,
): number {
  let step = Number.POSITIVE_INFINITY
  for (const index of active) {
    const { links = [], limit = Number.POSITIVE_INFINITY } = classes[index] ?? {}
    step = Math.min(step, limit - level)
    for (const link of links) step = Math.min(step, Math.max(0, left[link] ?? 0) / (load[link] ?? 1))
  }
  return step
}

function isStopped(
  one: FlowClass,
  left: Float64Array,
  capacities: readonly number[],
  level: number,
): boolean {
  if (one.limit !== undefined && level >= one.limit * (1 - rest)) return true
  return one.links.some(link => (left[link] ?? 0) <= (capacities[link] ?? 0) * rest)
}

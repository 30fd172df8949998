// Parts of a simulation that no cable joins know nothing of each other. Playing each by itself makes ten thousand
// LAGs take ten thousand times as long as one and no longer, and adding one changes no other.

import type { Cable, Happening, LacpSimulation, System } from './input.ts'

/** The names that belong together: by cable, by MLAG, by a cable that is moved. */
function groups({ systems, cables, events = [] }: LacpSimulation): Map<string, string> {
  const above = new Map<string, string>()
  const rootOf = (name: string): string => {
    let root = name
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next
    return root
  }
  const join = (a: string, b: string): void => {
    const [rootA, rootB] = [rootOf(a), rootOf(b)]
    if (rootA !== rootB) above.set(rootB, rootA)
  }
  const cableByName = new Map(cables.map(cable => [cable.name, cable]))
  const firstOfMlag = new Map<string, string>()
  for (const { a, b } of cables) join(a.system, b.system)
  for (const system of systems) {
    const mlag = 'mlag' in system ? system.mlag : undefined
    if (mlag === undefined) continue
    const first = firstOfMlag.get(mlag) ?? system.name
    firstOfMlag.set(mlag, first)
    join(first, system.name)
  }
  for (const event of events) {
    const cable = event.kind === 'move' ? cableByName.get(event.cable) : undefined
    if (event.kind === 'move' && cable !== undefined) join(cable.a.system, event.to.system)
  }
  return new Map(systems.map(({ name }) => [name, rootOf(name)]))
}

/** The independent parts of a simulation, in the order of their first systems; `untilMs` is not set in them. */
export function components(simulation: LacpSimulation): LacpSimulation[] {
  const groupOf = groups(simulation)
  const groupOfCable = new Map(simulation.cables.map(({ name, a }) => [name, groupOf.get(a.system)]))
  interface Part {
    readonly systems: System[]
    readonly cables: Cable[]
    readonly events: Happening[]
  }
  const parts = new Map<string | undefined, Part>()
  for (const system of simulation.systems) {
    const group = groupOf.get(system.name)
    const part = parts.get(group) ?? { systems: [], cables: [], events: [] }
    parts.set(group, part)
    part.systems.push(system)
  }
  for (const cable of simulation.cables) parts.get(groupOf.get(cable.a.system))?.cables.push(cable)
  for (const event of simulation.events ?? []) {
    const group = 'cable' in event ? groupOfCable.get(event.cable) : groupOf.get(event.system)
    parts.get(group)?.events.push(event)
  }
  const seed = simulation.seed === undefined ? {} : { seed: simulation.seed }
  return [...parts.values()].map(part => ({ ...part, ...seed }))
}

// What must hold of a simulation before it can be played. What is wrong here is a mistake of the caller, not of the
// person whose cables are simulated, so it throws.

import { type LacpSimulation, type PortRef, portNames } from './input.ts'

/** Throws where a name is given twice or is unknown, or where a port has two cables. */
export function checkNames({ systems, cables, events = [] }: LacpSimulation): void {
  const ports = new Map(systems.map(system => [system.name, new Set(portNames(system))]))
  if (ports.size !== systems.length) throw new Error('two systems have one name')
  if (new Set(cables.map(({ name }) => name)).size !== cables.length)
    throw new Error('two cables have one name')
  for (const system of systems) {
    const names = portNames(system)
    if (new Set(names).size !== names.length) throw new Error(`${system.name} has two ports of one name`)
  }
  const known = ({ system, port }: PortRef): void => {
    if (!ports.get(system)?.has(port)) throw new Error(`there is no port ${port} of ${system}`)
  }
  const used = new Set<string>()
  for (const end of cables.flatMap(({ a, b }) => [a, b])) {
    known(end)
    const key = JSON.stringify([end.system, end.port])
    if (used.has(key)) throw new Error(`${end.port} of ${end.system} has two cables`)
    used.add(key)
  }
  const cableNames = new Set(cables.map(({ name }) => name))
  for (const event of events) {
    if ('cable' in event && !cableNames.has(event.cable)) throw new Error(`no cable is named ${event.cable}`)
    if ('system' in event && !ports.has(event.system)) throw new Error(`no system is named ${event.system}`)
    if (event.kind === 'move') known(event.to)
  }
}

// The cables: which port is joined to which, who sees link, and which direction loses frames. It carries LACPDUs;
// whether other frames would pass is asked of the devices at both ends.

import type { Cable, PortRef } from './input.ts'

export interface Wire {
  readonly name: string
  a: PortRef
  b: PortRef
  plugged: boolean
  /** Directions that lose frames. */
  lostAToB: boolean
  lostBToA: boolean
  /** Whether the end that no longer receives sees it as a lost link. */
  lossSeen: boolean
}

/** A cable as it is seen from one of its ends. */
export interface Far {
  readonly wire: Wire
  /** The other end. */
  readonly end: PortRef
  /** Frames to the far end arrive, and from there. */
  readonly outPasses: boolean
  readonly inPasses: boolean
}

const seenFromA = (wire: Wire): Far => ({
  wire,
  get end() {
    return wire.b
  },
  get outPasses() {
    return wire.plugged && !wire.lostAToB
  },
  get inPasses() {
    return wire.plugged && !wire.lostBToA
  },
})

const seenFromB = (wire: Wire): Far => ({
  wire,
  get end() {
    return wire.a
  },
  get outPasses() {
    return wire.plugged && !wire.lostBToA
  },
  get inPasses() {
    return wire.plugged && !wire.lostAToB
  },
})

export interface Network {
  readonly wires: readonly Wire[]
  wire(name: string): Wire
  far(system: string, port: string): Far | undefined
  /** Puts one end of a cable into another port. */
  plugInto(wire: Wire, end: 'a' | 'b', to: PortRef): void
  /** Whether a port has link; a system that is off gives none to anybody. */
  carrier(system: string, port: string): boolean
  setPower(system: string, on: boolean): void
}

/** The wiring as it stands at the beginning: every system is off. */
export function createNetwork(cables: readonly Cable[]): Network {
  const wires: Wire[] = cables.map(({ name, a, b, pulled }) => ({
    name,
    a,
    b,
    plugged: !pulled,
    lostAToB: false,
    lostBToA: false,
    lossSeen: false,
  }))
  const byName = new Map(wires.map(wire => [wire.name, wire]))
  const powered = new Set<string>()
  let ends = endsOf(wires)
  const far = (system: string, port: string): Far | undefined => ends.get(system)?.get(port)
  return {
    wires,
    wire(name) {
      const wire = byName.get(name)
      if (wire === undefined) throw new Error(`no cable is named ${name}`)
      return wire
    },
    far,
    plugInto(wire, end, to) {
      wire[end] = to
      ends = endsOf(wires)
    },
    carrier(system, port) {
      const other = far(system, port)
      if (other === undefined || !other.wire.plugged) return false
      if (!powered.has(system) || !powered.has(other.end.system)) return false
      return other.inPasses || !other.wire.lossSeen
    },
    setPower(system, on) {
      if (on) powered.add(system)
      else powered.delete(system)
    },
  }
}

/** What each port has at the other end of its cable, by system and port. */
function endsOf(wires: readonly Wire[]): Map<string, Map<string, Far>> {
  const ends = new Map<string, Map<string, Far>>()
  const put = ({ system, port }: PortRef, far: Far): void => {
    const ports = ends.get(system) ?? new Map<string, Far>()
    ends.set(system, ports.set(port, far))
  }
  for (const wire of wires) {
    put(wire.a, seenFromA(wire))
    put(wire.b, seenFromB(wire))
  }
  return ends
}

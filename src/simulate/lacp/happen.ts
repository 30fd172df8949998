// What happens to cables and systems while time passes.

import type { Happening, System } from './input.ts'
import type { Network } from './network.ts'

/** What an event may change. */
export interface Stage {
  readonly network: Network
  node(system: string): { readonly system: System }
  silence(system: string, on: boolean): void
  changed(ends: readonly { system: string; port: string }[]): void
  switchPower(system: System, on: boolean): void
  at(atMs: number, action: () => void): void
}

/** Lets one thing happen. */
export function happen(event: Happening, stage: Stage): void {
  const { network } = stage
  switch (event.kind) {
    case 'cable-down':
    case 'cable-up': {
      const wire = network.wire(event.cable)
      wire.plugged = event.kind === 'cable-up'
      stage.changed([wire.a, wire.b])
      break
    }
    case 'one-way': {
      const wire = network.wire(event.cable)
      if (event.lost === 'a-to-b') wire.lostAToB = true
      else wire.lostBToA = true
      wire.lossSeen = event.seen ?? false
      stage.changed(wire.lossSeen ? [event.lost === 'a-to-b' ? wire.b : wire.a] : [])
      break
    }
    case 'both-ways': {
      const wire = network.wire(event.cable)
      wire.lostAToB = false
      wire.lostBToA = false
      stage.changed(wire.lossSeen ? [wire.a, wire.b] : [])
      break
    }
    case 'silent':
    case 'speaks':
      stage.silence(event.system, event.kind === 'silent')
      break
    case 'dies':
    case 'returns':
      stage.switchPower(stage.node(event.system).system, event.kind === 'returns')
      break
    case 'move':
      move(event, stage)
  }
}

/** Out of one port and, after a while, into another. */
function move(event: Extract<Happening, { kind: 'move' }>, stage: Stage): void {
  const wire = stage.network.wire(event.cable)
  wire.plugged = false
  stage.changed([wire.a, wire.b])
  stage.at(event.atMs + (event.gapMs ?? 2000), () => {
    stage.network.plugInto(wire, event.end, event.to)
    wire.plugged = true
    stage.changed([wire.a, wire.b])
  })
}

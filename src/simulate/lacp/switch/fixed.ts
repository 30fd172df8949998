// Ends that speak no LACP: a static LAG, which uses every port with link, and ordinary ports in no group.

import { type Device, type PortView, unusedPort, type World } from '../device.ts'
import type { PlainPorts, StaticLag } from '../input.ts'

const view = (): PortView => unusedPort

/** A LAG without a protocol sees a dead link by its carrier, at once, and nothing else. */
export function createStaticLag(config: StaticLag, world: World): Device {
  let started = false
  const linked = (): number => config.ports.filter(({ name }) => world.carrier(name)).length
  const up = (): boolean => started && linked() >= Math.max(1, config.minLinks ?? 1)
  const uses = (name: string): boolean => up() && world.carrier(name)
  return {
    start() {
      started = true
    },
    carrierChanged() {},
    receive() {},
    sends: uses,
    accepts: uses,
    alone: () => false,
    up,
    view,
    setSilent() {},
  }
}

/** Each port forwards for itself, and sends a station's frames to the port where it learned the station. */
export function createPlainPorts(config: PlainPorts, world: World): Device {
  let started = false
  return {
    start() {
      started = true
    },
    carrierChanged() {},
    receive() {},
    sends: (name, wanted) => started && wanted && world.carrier(name),
    accepts: name => started && world.carrier(name),
    alone: () => false,
    up: () => started && config.ports.some(({ name }) => world.carrier(name)),
    view,
    setSilent() {},
  }
}

// Where everything stands in the drawing of a prediction: hosts left and right, switches between them, ports in their
// LAGs, and a line for each direction of each cable. Geometry alone; ink is prediction-svg.ts's. All lengths in px.

import type { End, Network, Prediction } from '../simulate/predict/index.ts'

export interface Box {
  readonly node: string
  readonly side: 'left' | 'middle' | 'right'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: string
  readonly detail: string
}

export interface Slot {
  readonly end: End
  readonly x: number
  readonly y: number
  /** Where the cable leaves: outwards from the box. */
  readonly facing: -1 | 1
}

/** A LAG or bond: what stands beside its ports. */
export interface Bracket {
  readonly name: string
  readonly x: number
  readonly top: number
  readonly bottom: number
  readonly facing: -1 | 1
}

/** One direction of a cable, from its sender. */
export interface Wire {
  readonly link: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** Bows out sideways where both ends are in the middle column; 0 is straight. */
  readonly bow: number
  /** Where the number stands. */
  readonly labelX: number
  readonly labelY: number
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly slots: readonly Slot[]
  readonly brackets: readonly Bracket[]
  readonly wires: readonly Wire[]
  /** Hosts that are left out because they take no part. */
  readonly omitted: number
}

const pitch = 44
const boxWidth = 150
const switchWidth = 210
const gap = 270
const margin = 20
const head = 46
const between = 36

/** More hosts than this, and only those with traffic are drawn. */
const mostHosts = 16

interface Column {
  readonly boxes: Box[]
  readonly slots: Slot[]
}

interface Side {
  readonly end: End
  readonly group: string
}

/** Lays the network out. Equal predictions give equal drawings. */
export function drawingOf({ network, groups }: Prediction): Drawing {
  const senders = new Set(groups.flatMap(({ from, back }) => (back ? [] : [from.host.name])))
  const receivers = new Set(groups.flatMap(({ to, back }) => (back ? [] : [to.host.name])))
  const cabled = network.intent.hosts.filter(({ name }) =>
    network.cables.some(({ ends }) => ends.some(({ node }) => node === name)),
  )
  const crowded = cabled.length > mostHosts && senders.size > 0
  const hosts = crowded ? cabled.filter(({ name }) => senders.has(name) || receivers.has(name)) : cabled
  const onLeft = (name: string, at: number): boolean =>
    senders.has(name) && !receivers.has(name) ? true : receivers.has(name) ? false : at % 2 === 0
  const left = hosts.filter(({ name }, at) => onLeft(name, at)).map(({ name }) => name)
  const right = hosts.filter(({ name }, at) => !onLeft(name, at)).map(({ name }) => name)
  const x = {
    left: margin,
    middle: margin + boxWidth + gap,
    right: margin + boxWidth + gap + switchWidth + gap,
  }
  const columns = [
    column(network, left, 'left', x.left),
    switchColumn(network, x.middle, new Set(left)),
    column(network, right, 'right', x.right),
  ]
  const height = Math.max(...columns.map(({ boxes }) => bottomOf(boxes))) + margin
  const centred = columns.map(one => moved(one, (height - margin - bottomOf(one.boxes)) / 2))
  const slots = centred.flatMap(one => one.slots)
  return {
    width: x.right + boxWidth + margin,
    height,
    boxes: centred.flatMap(one => one.boxes),
    slots,
    brackets: bracketsOf(network, slots),
    wires: wiresOf(network, slots),
    omitted: cabled.length - hosts.length,
  }
}

const bottomOf = (boxes: readonly Box[]): number =>
  boxes.reduce((most, { y, height }) => Math.max(most, y + height), margin)

const moved = ({ boxes, slots }: Column, by: number): Column => ({
  boxes: boxes.map(box => ({ ...box, y: box.y + by })),
  slots: slots.map(slot => ({ ...slot, y: slot.y + by })),
})

/** The cabled ports of a node in their bundles' order. */
function portsOf(network: Network, node: string): readonly Side[] {
  return network.bundles
    .filter(bundle => bundle.node === node)
    .flatMap(bundle =>
      bundle.ports.flatMap(port => {
        const end = { node, port }
        return network.farOf(end) === undefined ? [] : [{ end, group: bundle.name }]
      }),
    )
}

function column(network: Network, names: readonly string[], side: 'left' | 'right', x: number): Column {
  const made: Column = { boxes: [], slots: [] }
  let y = margin
  for (const node of names) {
    const ports = portsOf(network, node)
    const height = head + Math.max(1, ports.length) * pitch
    const [bond] = network.bundles.filter(one => one.node === node && one.kind === 'bond')
    const detail = bond?.kind === 'bond' ? `${bond.effective.mode}` : ''
    made.boxes.push({ node, side, x, y, width: boxWidth, height, title: node, detail })
    for (const [at, { end }] of ports.entries()) {
      const facing = side === 'left' ? 1 : -1
      made.slots.push({
        end,
        x: side === 'left' ? x + boxWidth : x,
        y: y + head + pitch * (at + 0.5),
        facing,
      })
    }
    y += height + between
  }
  return made
}

function switchColumn(network: Network, x: number, left: ReadonlySet<string>): Column {
  const made: Column = { boxes: [], slots: [] }
  let y = margin
  for (const box of network.boxes.values()) {
    const ports = portsOf(network, box.name)
    if (ports.length === 0) continue
    const goesLeft = ({ end }: Side): boolean => left.has(network.farOf(end)?.node ?? '')
    const sides = [ports.filter(goesLeft), ports.filter(port => !goesLeft(port))]
    const height = head + Math.max(1, ...sides.map(side => side.length)) * pitch
    const detail = box.options['load-balance'] ?? box.platform.hash.unset.words
    made.boxes.push({
      node: box.name,
      side: 'middle',
      x,
      y,
      width: switchWidth,
      height,
      title: `${box.name} (${box.platform.id})`,
      detail,
    })
    for (const [number, side] of sides.entries()) {
      for (const [at, { end }] of side.entries()) {
        const facing = number === 0 ? -1 : 1
        made.slots.push({
          end,
          x: number === 0 ? x : x + switchWidth,
          y: y + head + pitch * (at + 0.5),
          facing,
        })
      }
    }
    y += height + between
  }
  return made
}

function bracketsOf(network: Network, slots: readonly Slot[]): readonly Bracket[] {
  const found = new Map<string, Bracket>()
  for (const { end, x, y, facing } of slots) {
    const bundle = network.bundleAt(end)
    if (bundle === undefined || (bundle.kind !== 'bond' && bundle.kind !== 'lag')) continue
    const key = `${end.node} ${bundle.name} ${facing}`
    const known = found.get(key)
    const [top, bottom] = [Math.min(known?.top ?? y, y), Math.max(known?.bottom ?? y, y)]
    found.set(key, { name: bundle.name, x, top, bottom, facing })
  }
  return [...found.values()]
}

/** Half the distance between the two directions of a cable. */
const apart = 7

function wiresOf({ cables }: Network, slots: readonly Slot[]): readonly Wire[] {
  const places = new Map(slots.map(slot => [`${slot.end.node}\n${slot.end.port}`, slot]))
  return cables.flatMap(({ ends }, cable): readonly Wire[] => {
    const [a, b] = ends.map(({ node, port }) => places.get(`${node}\n${port}`))
    if (a === undefined || b === undefined) return []
    return [
      [a, b],
      [b, a],
    ].map(([from = a, to = b], direction): Wire => {
      // From left to right above, from right to left below; of two ends in one column, downwards is before.
      const forwards = from.x === to.x ? from.y <= to.y : from.x < to.x
      const shift = forwards ? -apart : apart
      const same = from.facing === to.facing
      const bow = same ? from.facing * (60 + Math.abs(from.y - to.y) / 4) : 0
      const [x1, x2] = [from.x + 12 * from.facing, to.x + 12 * to.facing]
      // Near the sender, where lines are apart.
      const part = 0.3
      const labelX = x1 + (x2 - x1) * part + bow * 0.6
      const labelY = from.y + (to.y - from.y) * part + shift
      return {
        link: 2 * cable + direction,
        x1,
        y1: from.y + shift,
        x2,
        y2: to.y + shift,
        bow,
        labelX,
        labelY,
      }
    })
  })
}

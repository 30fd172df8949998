// The drawing of a prediction in ink: SVG that stands alone or in a page. The load of a link is told three times, by
// colour (viridis, which differs in lightness too), by width and pattern, and by its number.

import type { Prediction, Run } from '../simulate/predict/index.ts'
import { type Drawing, drawingOf, type Wire } from './prediction-drawing.ts'
import { markup, rate } from './prediction-words.ts'

/** Classes of load by the upper bound of each, as a part of the line. */
export const loadClasses = [
  { name: 'idle', upTo: 0, title: 'nothing' },
  { name: 'low', upTo: 0.25, title: 'up to a quarter' },
  { name: 'half', upTo: 0.5, title: 'up to half' },
  { name: 'high', upTo: 0.75, title: 'up to three quarters' },
  { name: 'full', upTo: Number.POSITIVE_INFINITY, title: 'more' },
] as const

/** The class of a load from 0 to 1. */
export const loadClass = (load: number): string =>
  loadClasses.find(({ upTo }) => load <= upTo + 1e-9)?.name ?? 'full'

/** Colours by name, on light and on dark ground; both hold a contrast of 3 to 1 for lines and 4.5 to 1 for text. */
const light = `--ground:#fff;--ink:#1a1a1a;--soft:#595959;--box:#f2f2ee;--edge:#767676;--idle:#b5b5b5;
--low:#2f9e77;--half:#20708d;--high:#3f4788;--full:#440154;--cut:#b00020`
const dark = `--ground:#16181c;--ink:#eee;--soft:#b4b4b4;--box:#24272d;--edge:#8c8c8c;--idle:#5a5a5a;
--low:#3f8f8a;--half:#4fb06d;--high:#a5db36;--full:#fde725;--cut:#ff8a80`

/** The style of the drawing; `scope` is the element that colours are set on. */
export const drawingStyle = (scope: string): string => `
${scope}{${light}}
@media (prefers-color-scheme:dark){${scope}{${dark}}}
@media print{${scope}{${light}}}
.drawing{background:var(--ground);color:var(--ink);font:13px/1.3 system-ui,"DejaVu Sans",sans-serif}
.drawing text{fill:var(--ink)}
.drawing .soft{fill:var(--soft);font-size:11px}
.drawing .node{fill:var(--box);stroke:var(--edge);stroke-width:1.5}
.drawing .slot{fill:var(--ground);stroke:var(--edge)}
.drawing .bracket{fill:none;stroke:var(--ink);stroke-width:2}
.drawing .title{font-weight:600;font-size:14px}
.wire{--load:var(--idle)}
.wire.low{--load:var(--low)}.wire.half{--load:var(--half)}.wire.high{--load:var(--high)}.wire.full{--load:var(--full)}
.wire.cut{--load:var(--cut)}
.wire path{fill:none;stroke:var(--load);stroke-width:1}
.wire.low path{stroke-width:2;stroke-dasharray:2 4}
.wire.half path{stroke-width:3;stroke-dasharray:8 4}
.wire.high path{stroke-width:4;stroke-dasharray:14 3}
.wire.full path{stroke-width:5}
.wire.cut path{stroke-width:2;stroke-dasharray:1 6}
.wire polygon{fill:var(--load)}
.wire.idle polygon,.wire.cut polygon{display:none}
.wire text{font-size:11px;paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
.wire.cut text{fill:var(--cut)}
.wire.aside{opacity:.18}`

/** The number on a link: what is expected, and the range where it is not certain. */
export function linkLabel({ spread }: Run, link: number): string {
  const { least = 0, expected = 0, most = 0 } = spread.links[link] ?? {}
  if (most === 0) return ''
  return rate(least) === rate(most) ? rate(most) : `${rate(expected)} (${rate(least)}-${rate(most)})`
}

/** The drawing of the declared traffic as one SVG file. */
export function predictionSvg(prediction: Prediction): string {
  const [run] = prediction.runs
  const drawing = drawingOf(prediction)
  const legend = legendHeight
  const sums = prediction.items.filter(({ back }) => !back)
  const top = 26 + 18 * sums.length
  const { width } = drawing
  const height = drawing.height + legend + top
  const lines = sums.map(
    ({ declared, sum }, at) =>
      `<text x="20" y="${26 + 18 * at}">${markup(`${declared.from} to ${declared.to}, ${declared.streams} x ${declared.protocol}: ${rate(sum.expected)} Mbit/s expected, ${rate(sum.least)} to ${rate(sum.most)}`)}</text>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>bondplan: expected load of every link, Mbit/s of payload</title>
<style>${drawingStyle('svg')}</style>
<rect width="100%" height="100%" fill="var(--ground)"/>
${lines.join('\n')}
<g transform="translate(0 ${top})">
${drawingBody(drawing, run)}
${legendGroup(drawing.height)}
</g>
</svg>
`
}

const legendHeight = 44

/** What the patterns mean. */
function legendGroup(y: number): string {
  const items = loadClasses.map(({ name, title }, at) => {
    const x = 20 + at * 175
    return `<g class="wire ${name}"><path d="M${x} ${y + 14}h44"/></g><text class="soft" x="${x + 52}" y="${y + 18}">${title}</text>`
  })
  return `<g>${items.join('\n')}</g>`
}

/** The drawing without its frame, with the loads of one run. */
export function drawingBody(drawing: Drawing, run: Run): string {
  const boxes = drawing.boxes.map(
    ({ x, y, width, height, title, detail }) =>
      `<rect class="node" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/><text class="title" x="${x + width / 2}" y="${y + 20}" text-anchor="middle">${markup(title)}</text><text class="soft" x="${x + width / 2}" y="${y + 36}" text-anchor="middle">${markup(short(detail))}</text>`,
  )
  const slots = drawing.slots.map(({ end, x, y, facing }) => {
    const anchor = facing === 1 ? 'end' : 'start'
    return `<rect class="slot" x="${x - 12}" y="${y - 14}" width="24" height="28" rx="3"/><text class="soft" x="${x - facing * 18}" y="${y + 4}" text-anchor="${anchor}">${markup(end.port)}</text>`
  })
  const brackets = drawing.brackets.map(({ name, x, top, bottom, facing }) => {
    const at = x - facing * 66
    const arm = 6 * facing
    return `<path class="bracket" d="M${at + arm} ${top - 12}H${at}V${bottom + 12}H${at + arm}"/><text x="${at - facing * 6}" y="${(top + bottom) / 2 + 4}" text-anchor="${facing === 1 ? 'end' : 'start'}">${markup(name)}</text>`
  })
  const wires = drawing.wires.map(wire => wireGroup(wire, run))
  return `<g>${boxes.join('\n')}</g>\n<g>${wires.join('\n')}</g>\n<g>${slots.join('\n')}\n${brackets.join('\n')}</g>`
}

const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 28)}…` : text)

function wireGroup({ link, x1, y1, x2, y2, bow, labelX, labelY }: Wire, run: Run): string {
  const path =
    bow === 0 ? `M${x1} ${y1}L${x2} ${y2}` : `M${x1} ${y1}C${x1 + bow} ${y1} ${x2 + bow} ${y2} ${x2} ${y2}`
  const load = run.spread.loads[link] ?? 0
  // The arrow stands where the line arrives, along its last stretch.
  const angle = bow === 0 ? (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI : bow > 0 ? 180 : 0
  const tip = `<polygon points="0,0 -11,-5 -11,5" transform="translate(${x2} ${y2}) rotate(${angle.toFixed(1)})"/>`
  return `<g class="wire ${loadClass(load)}" data-link="${link}">"<path d="${path}"/>${tip}<text x="${labelX}" y="${labelY + 4}" text-anchor="middle">${markup(linkLabel(run, link))}</text></g>`
}

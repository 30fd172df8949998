// A prediction as one page that works without a network: the drawing, switchable between directions, flows, failures and
// settings, and the same in words and a table. Everything is in the file; without scripts it shows the network as it is.

import type { Advice, FailurePrediction, Prediction } from '../simulate/predict/index.ts'
import { drawingOf } from './prediction-drawing.ts'
import { type PageCase, type PageRun, pageCases } from './prediction-page-data.ts'
import { drawingBody, drawingStyle, loadClasses } from './prediction-svg.ts'
import { markup, sentence } from './prediction-words.ts'

export { predictionSvg } from './prediction-svg.ts'

const style = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:1100px;padding:1rem;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,"DejaVu Sans",sans-serif}
h1{font-size:1.3rem;margin:.2rem 0 .8rem}
h2{font-size:1.05rem;margin:1.2rem 0 .4rem}
form{display:flex;flex-wrap:wrap;gap:.8rem 1.2rem;margin:.6rem 0}
label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft);max-width:100%}
select{font:inherit;font-size:1rem;color:var(--ink);background:var(--box);border:1px solid var(--edge);border-radius:4px;padding:.35rem .5rem;max-width:22rem}
select:focus-visible,.scroll:focus-visible{outline:3px solid var(--half);outline-offset:2px}
.answer{font-size:1.05rem;border-left:4px solid var(--half);padding:.2rem .8rem;margin:.8rem 0}
.answer p,.notes li{margin:.3rem 0}
.scroll{overflow-x:auto}
svg{max-width:100%;height:auto;display:block}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;color:var(--soft);font-size:.85rem;padding:0;margin:.4rem 0;list-style:none}
.legend svg{display:inline-block;width:50px;height:12px;vertical-align:middle;margin-right:.4rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--edge);vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
code{font:.9em ui-monospace,"DejaVu Sans Mono",monospace}
@media print{form,.hint{display:none}body{max-width:none;padding:0}table{page-break-inside:avoid}}
`

// Runs in the reader's browser. It chooses among what the page brought and changes classes and text, nothing else.
const script = `
'use strict'
const cases = JSON.parse(document.getElementById('cases').textContent)
const wires = [...document.querySelectorAll('.wire[data-link]')]
const chosen = id => document.getElementById(id)
const fill = (parent, name, texts) => parent.replaceChildren(...texts.map(text => {
  const element = document.createElement(name)
  element.textContent = text
  return element
}))
function runNow() {
  const one = cases[Number(chosen('case').value)]
  return { one, run: one.runs[Number(chosen('direction').value)] }
}
function flowsAgain() {
  const { run } = runNow()
  const before = chosen('flow').value
  fill(chosen('flow'), 'option', ['all flows', ...run.flows.map(flow => flow.label)])
  ;[...chosen('flow').options].forEach((option, at) => { option.value = String(at - 1) })
  chosen('flow').value = Number(before) < run.flows.length ? before : '-1'
}
function show() {
  const { one, run } = runNow()
  const flow = run.flows[Number(chosen('flow').value)]
  for (const wire of wires) {
    const link = Number(wire.dataset.link)
    const cut = one.cut.includes(link)
    const aside = flow !== undefined && !flow.links.includes(link)
    wire.setAttribute('class', 'wire ' + (cut ? 'cut' : run.classes[link]) + (aside ? ' aside' : ''))
    wire.querySelector('text').textContent = cut ? 'cut' : run.labels[link]
  }
  fill(chosen('answer'), 'p', run.answer)
  fill(chosen('notes'), 'li', one.notes)
  chosen('flows').replaceChildren(...run.flows.filter(each => flow === undefined || each === flow).map(each => {
    const row = document.createElement('tr')
    const texts = [each.label, each.way, each.least, each.expected, each.most]
    row.append(...texts.map((text, at) => {
      const cell = document.createElement('td')
      cell.textContent = text
      if (at > 1) cell.className = 'number'
      return cell
    }))
    return row
  }))
}
for (const id of ['case', 'direction']) chosen(id).addEventListener('change', () => { flowsAgain(); show() })
chosen('flow').addEventListener('change', show)
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === 'SELECT') return
  const id = { d: 'direction', f: 'flow', c: 'case' }[event.key.toLowerCase()]
  if (id === undefined) return
  const select = chosen(id)
  const step = event.shiftKey ? select.length - 1 : 1
  select.selectedIndex = (select.selectedIndex + step) % select.length
  select.dispatchEvent(new Event('change'))
  event.preventDefault()
})
document.querySelector('form').hidden = false
// A link to the page can name what it shows: #case=1&direction=1&flow=0.
function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1))
  for (const id of ['case', 'direction', 'flow']) {
    const value = asked.get(id)
    if (value !== null && [...chosen(id).options].some(option => option.value === value)) chosen(id).value = value
    if (id !== 'flow') flowsAgain()
  }
  show()
}
addEventListener('hashchange', fromAddress)
fromAddress()
`

/** Data inside a script element: nothing in it can end the element. */
const embedded = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The page. Failures and advice are what it can be switched to besides. */
export function predictionPage(
  prediction: Prediction,
  failures: readonly FailurePrediction[],
  advice: readonly Advice[],
): string {
  const drawing = drawingOf(prediction)
  const cases = pageCases(prediction, failures, advice)
  const [run] = prediction.runs
  const [first] = cases
  const shown = first?.runs[0]
  const picture = `<svg class="drawing" viewBox="0 0 ${drawing.width} ${drawing.height}" width="${drawing.width}" height="${drawing.height}" role="img" aria-labelledby="picture"><title id="picture">Hosts, switches, LAGs and cables; each direction of each cable with its expected load. The table below says the same.</title>
${drawingBody(drawing, run)}
</svg>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>bondplan: prediction</title>
<style>${drawingStyle(':root')}${style}</style>
</head>
<body>
<h1>What the bonds will give</h1>
<form hidden>
${selectOf('direction', 'Direction', [option(0, 'as declared'), option(1, 'the other way')])}
${selectOf('flow', 'Flow', [option(-1, 'all flows'), ...(shown?.flows ?? []).map((flow, at) => option(at, flow.label))])}
${selectOf('case', 'Case', caseOptions(cases))}
</form>
<p class="soft hint">Keys: d direction, f flow, c case; with shift backwards.</p>
<div class="answer" id="answer" aria-live="polite">${paragraphs(shown?.answer ?? [])}</div>
<div class="scroll" tabindex="0" role="region" aria-label="Drawing">
${picture}
</div>
<ul class="legend" aria-label="Load of a link's direction">${legend()}</ul>
<p class="soft">Numbers are Mbit/s of payload: what is expected, and in brackets least and most where a choice is not known. The upper line of a cable is the direction from left to right.${drawing.omitted > 0 ? ` ${drawing.omitted} hosts without traffic are not drawn.` : ''}</p>
<ul class="notes" id="notes">${(first?.notes ?? []).map(note => `<li>${markup(note)}</li>`).join('')}</ul>
<h2>Flows</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Flows"><table>
<thead><tr><th scope="col">flow</th><th scope="col">way</th><th scope="col" class="number">least</th><th scope="col" class="number">expected</th><th scope="col" class="number">most</th></tr></thead>
<tbody id="flows">${rowsOf(shown)}</tbody>
</table></div>
<h2>LAGs</h2>
<div class="scroll" tabindex="0" role="region" aria-label="LAGs"><table>
<thead><tr><th scope="col">LAG</th><th scope="col">forms</th><th scope="col">carry</th><th scope="col">why</th></tr></thead>
<tbody>${lagRows(prediction)}</tbody>
</table></div>
<h2>How sure</h2>
<ul>${[...prediction.overheads, ...prediction.assumptions].map(text => `<li>${markup(sentence(text))}</li>`).join('')}</ul>
<script type="application/json" id="cases">${embedded(cases)}</script>
<script>${script}</script>
</body>
</html>
`
}

const option = (value: number, label: string): string => `<option value="${value}">${markup(label)}</option>`

const selectOf = (id: string, label: string, options: readonly string[]): string =>
  `<label>${label}<select id="${id}" autocomplete="off">${options.join('')}</select></label>`

const groupNames = { now: 'Now', failure: 'Failures', setting: 'Settings' } as const

function caseOptions(cases: readonly PageCase[]): readonly string[] {
  return (['now', 'failure', 'setting'] as const).flatMap(group => {
    const inside = cases.flatMap((one, at) => (one.group === group ? [option(at, one.label)] : []))
    return inside.length === 0 ? [] : [`<optgroup label="${groupNames[group]}">${inside.join('')}</optgroup>`]
  })
}

const paragraphs = (texts: readonly string[]): string => texts.map(text => `<p>${markup(text)}</p>`).join('')

const legend = (): string =>
  loadClasses
    .map(
      ({ name, title }) =>
        `<li><svg class="drawing" viewBox="0 0 50 12" aria-hidden="true"><g class="wire ${name}"><path d="M0 6h50"/></g></svg>${title}</li>`,
    )
    .join('')

const rowsOf = (run: PageRun | undefined): string =>
  (run?.flows ?? [])
    .map(
      ({ label, way, least, expected, most }) =>
        `<tr><td>${markup(label)}</td><td>${markup(way)}</td><td class="number">${least}</td><td class="number">${expected}</td><td class="number">${most}</td></tr>`,
    )
    .join('')

const lagRows = ({ lags }: Prediction): string =>
  lags
    .map(
      ({ node, lag, forms, carrying, why }) =>
        `<tr><td>${markup(`${node} ${lag}`)}</td><td>${forms ? 'yes' : 'no'}</td><td>${markup(carrying.join(' ') || 'none')}</td><td>${markup(why.join('; '))}</td></tr>`,
    )
    .join('')

// How many flows a second one core hashes and places, by policy. `node bench/hash.js [FLOWS]`; builds the sources in
// memory. Each figure is the best of several rounds over the same columns, which do not fit a processor's caches.

import { build } from 'esbuild'

const flows = Number(process.argv.slice(2).find(word => /^\d+$/.test(word)) ?? 1_000_000)
const rounds = 7
const members = 5

const { outputFiles } = await build({
  entryPoints: [new URL('../src/simulate/hash-many.ts', import.meta.url).pathname],
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  write: false,
})
const source = Buffer.from(outputFiles[0].contents).toString('base64')
const { flowColumns, hashesFor, mark, placeMany } = await import(`data:text/javascript;base64,${source}`)

/** The same numbers each time (mulberry32). */
function numbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

function table(version) {
  const columns = flowColumns(flows, { tunnels: true })
  const next = numbers(version)
  for (let row = 0; row < flows; row++) {
    for (let word = 0; word < 8; word += version === 6 ? 1 : 4) {
      columns.addresses[row * 8 + word] = next()
      columns.innerAddresses[row * 8 + word] = next()
    }
    columns.ports[row] = next()
    columns.innerPorts[row] = next()
    columns.destinationMac[row] = next() & 0xffffff
    columns.sourceMac[row] = next() & 0xffffff
    columns.sourceVendor[row] = 0x525400
    columns.etherType[row] = version === 6 ? 0x86dd : 0x0800
    columns.tci[row] = next() & 0xffff
    columns.marks[row] = mark.plain + mark.encap + mark.ip + (version === 6 ? mark.six : 0)
  }
  return columns
}

const into = { ...hashesFor(flows), member: new Uint16Array(flows) }
console.log(`${flows.toLocaleString('en')} flows, ${members} members, millions of flows a second`)
for (const version of [4, 6]) {
  const columns = table(version)
  for (const policy of ['layer2', 'layer2+3', 'layer3+4', 'encap2+3', 'encap3+4', 'vlan+srcmac']) {
    let bestMs = Number.POSITIVE_INFINITY
    for (let round = 0; round < rounds; round++) {
      const startedMs = performance.now()
      placeMany(columns, flows, { policy, flowHash: 'absent', members }, into)
      bestMs = Math.min(bestMs, performance.now() - startedMs)
    }
    const millions = flows / bestMs / 1000
    console.log(`IPv${version}  ${policy.padEnd(12)} ${millions.toFixed(1).padStart(7)}`)
  }
}

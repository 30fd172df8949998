// The transmit hash of many flows at once, over columns of numbers (hash-columns.ts) instead of one object a flow: tens
// of millions a second. The formulas are those of hash.ts, which says what they are; a test holds both to the same
// answers.

import { dropsLowest, etherTypeTerm, type HashQuestion } from './hash.ts'
import { type FlowColumns, innerView, mark, type View } from './hash-columns.ts'
import { type Era, newestEra } from './hash-eras.ts'

export { type FlowColumns, flowColumns, mark, setWords } from './hash-columns.ts'

/** The member of a flow that cannot be predicted. */
export const notPredictable = 0xffff

/** Whether no flow at all can be predicted: see `no-policy` and `headroom` in frame-flow.ts. */
const refuses = ({ policy, era = newestEra }: HashQuestion): boolean =>
  !era.policies.has(policy) || era.hash.headroom

// Which marks forbid a prediction, always, and where the hash falls back to E or starts from it.
const macs = mark.noDestination | mark.noSource

interface Plan {
  readonly view: View
  readonly is: number
  readonly usesPorts: boolean
  /** Marks that forbid a prediction of any flow, of a flow of this view, and of one that is none. */
  readonly never: number
  readonly neverFlow: number
  readonly shift: number
  readonly era: Era
}

function planOf(columns: FlowColumns, question: HashQuestion): Plan {
  const { policy, era = newestEra, flowHash = 'possible' } = question
  const encap = policy === 'encap2+3' || policy === 'encap3+4'
  const usesPorts = policy === 'layer3+4' || policy === 'encap3+4'
  const stackHash = policy === 'encap3+4' && flowHash === 'possible' ? mark.ip : 0
  const portsUnknown = encap ? mark.encapPortsUnknown : mark.plainPortsUnknown
  return {
    view: encap ? innerView(columns) : columns,
    is: policy === 'layer2' ? 0 : encap ? mark.encap : mark.plain,
    usesPorts,
    never: policy === 'layer2' ? 0 : (encap ? mark.encapUnknown : mark.plainUnknown) | stackHash,
    neverFlow: usesPorts ? portsUnknown : macs,
    shift: dropsLowest(policy, era) ? 1 : 0,
    era,
  }
}

// In the loops below every index is inside its array, so that an element is never undefined.
const at = (array: Uint32Array | Uint16Array, index: number): number => array[index] as number

function ethernet(columns: FlowColumns, row: number, era: Era): number {
  const tails = (at(columns.destinationMac, row) ^ at(columns.sourceMac, row)) & 0xff
  return tails ^ etherTypeTerm(at(columns.etherType, row), era)
}

/** The eight words of a row, XORed. */
function folded(addresses: Uint32Array, row: number): number {
  const start = row * 8
  return (
    at(addresses, start) ^
    at(addresses, start + 1) ^
    at(addresses, start + 2) ^
    at(addresses, start + 3) ^
    at(addresses, start + 4) ^
    at(addresses, start + 5) ^
    at(addresses, start + 6) ^
    at(addresses, start + 7)
  )
}

function commonRows(
  columns: FlowColumns,
  count: number,
  plan: Plan,
  hashes: Uint32Array,
  bad: Uint8Array,
): void {
  const { view, is, usesPorts, never, neverFlow, shift, era } = plan
  const { addresses, ports, icmp } = view
  const { marks } = columns
  for (let row = 0; row < count; row++) {
    const marked = at(marks, row)
    if ((marked & is) === 0) {
      hashes[row] = ethernet(columns, row, era)
      bad[row] = marked & (never | macs) ? 1 : 0
      continue
    }
    const start = usesPorts ? at(icmp, row) || at(ports, row) : ethernet(columns, row, era)
    const sum = start ^ folded(addresses, row)
    const half = sum ^ (sum >>> 16)
    hashes[row] = (half ^ (half >>> 8)) >>> shift
    bad[row] = marked & (never | neverFlow) ? 1 : 0
  }
}

/** Up to 3.12 (bond_xmit_hash_policy_l2(), _l23(), _l34()). */
function byPolicyRows(
  columns: FlowColumns,
  count: number,
  plan: Plan,
  hashes: Uint32Array,
  bad: Uint8Array,
): void {
  const { addresses, ports, marks } = columns
  const { is, usesPorts, never, neverFlow, era } = plan
  for (let row = 0; row < count; row++) {
    const marked = at(marks, row)
    const flow = (marked & is) !== 0
    bad[row] = marked & (never | (flow ? neverFlow : macs)) ? 1 : 0
    if (!flow) {
      hashes[row] = ethernet(columns, row, era)
      continue
    }
    const all = folded(addresses, row)
    const six = (marked & mark.six) !== 0
    const address = six
      ? all ^ at(addresses, row * 8) ^ at(addresses, row * 8 + 4)
      : ((all >>> 8) & 0xff00) | (all >>> 24)
    const pair = at(ports, row) ^ (at(ports, row) >>> 16)
    const start = usesPorts ? ((pair & 0xff) << 8) | ((pair >>> 8) & 0xff) : 0
    const sum = address ^ start
    const mixed = six ? sum ^ (sum >>> 24) ^ (sum >>> 16) ^ (sum >>> 8) : sum
    hashes[row] = usesPorts ? mixed : mixed ^ ethernet(columns, row, era)
  }
}

function vlanRows(columns: FlowColumns, count: number, hashes: Uint32Array, bad: Uint8Array): void {
  const { tci, sourceVendor, sourceMac, marks } = columns
  for (let row = 0; row < count; row++) {
    hashes[row] = at(tci, row) ^ at(sourceVendor, row) ^ at(sourceMac, row)
    bad[row] = at(marks, row) & mark.noSource ? 1 : 0
  }
}

/** The hashes of many flows, and 1 in `bad` for each that cannot be predicted. */
export interface Hashes {
  readonly hashes: Uint32Array
  readonly bad: Uint8Array
}

/** Room for the answers of `hashMany`, to be used again. */
export const hashesFor = (capacity: number): Hashes => ({
  hashes: new Uint32Array(capacity),
  bad: new Uint8Array(capacity),
})

/**
 * Hashes the first `count` flows into `into`. Same answers as `xmitHash` on the words of each flow, apart from the
 * reason of what is not predictable.
 */
export function hashMany(columns: FlowColumns, count: number, question: HashQuestion, into: Hashes): void {
  const { hashes, bad } = into
  if (refuses(question)) {
    bad.fill(1, 0, count)
    return
  }
  const { policy, era = newestEra } = question
  const plan = planOf(columns, question)
  if (policy === 'vlan+srcmac') vlanRows(columns, count, hashes, bad)
  else if (era.hash.formula === 'common') commonRows(columns, count, plan, hashes, bad)
  else byPolicyRows(columns, count, plan, hashes, bad)
}

/**
 * The member (0 to `members` - 1) of each of the first `count` flows, `notPredictable` where it cannot be told.
 * `members` is 1 to 65534.
 */
export function placeMany(
  columns: FlowColumns,
  count: number,
  question: HashQuestion & { readonly members: number },
  into: Hashes & { readonly member: Uint16Array },
): void {
  hashMany(columns, count, question, into)
  const { hashes, bad, member } = into
  const { members } = question
  for (let row = 0; row < count; row++)
    member[row] = bad[row] === 1 ? notPredictable : at(hashes, row) % members
}

// How far an answer by the driver's own hash goes: which kernels have that hash, which machines load words as it was
// reckoned, and where packets bring a hash of their own.

import { unpredictable } from '../frame-flow.ts'
import { eraOf, newestEra } from '../hash-eras.ts'
import { type Balancer, balancerOf, hostBalancer, seenBy } from './choice.ts'
import type { ItemPrediction, Stage } from './model.ts'
import type { Bundle, Network } from './network.ts'

type Linux = Extract<Balancer, { by: 'linux' }>

const linuxAt = (bundle: Bundle): Linux | undefined => {
  const balancer =
    bundle.kind === 'bond' ? hostBalancer(bundle) : bundle.kind === 'lag' ? balancerOf(bundle) : undefined
  return balancer?.by === 'linux' ? balancer : undefined
}

/** What is to be said of placements by a hash that are given as one member, and of hashes that give none. */
export function hashLimits(network: Network, items: readonly ItemPrediction[]): readonly string[] {
  const found = new Set<string>()
  for (const stage of items.flatMap(({ stages }) => stages)) {
    if (stage.of < 2) continue
    const bundle = network.bundles.find(({ node, name }) => node === stage.node && name === stage.lag)
    const linux = bundle && linuxAt(bundle)
    if (linux === undefined) continue
    if (stage.choice === 'known') for (const limit of limitsOf(stage, linux)) found.add(limit)
    else if (linux.policy === 'encap3+4' && !linux.forwarded) {
      found.add(`no link of ${stage.node} ${stage.lag} can be told: ${unpredictable['flow-hash']}`)
    }
  }
  return [...found]
}

/**
 * Whether both ways to load a word lead to the same link. Addresses and ports are loaded as words; mixed down, the lowest
 * byte is the sum of all bytes in whatever order, and less its lowest bit it decides between up to 128 links by itself.
 */
const loadedAlike = (count: number, linux: Linux): boolean =>
  128 % count === 0 || !seenBy(linux).includes('source-ip')

function* limitsOf({ node, lag, of }: Stage, linux: Linux): Generator<string> {
  const { policy, kernel, forwarded } = linux
  if (kernel === undefined) {
    const say = forwarded ? '' : `; say kernel of ${node} where it is older`
    yield `the links of ${node} ${lag} are those of ${policy} as kernels from ${newestEra.hash.from} on reckon it${say}`
  } else {
    const doubt = eraOf(kernel)?.doubt
    if (doubt !== undefined) yield `the links of ${node} ${lag} are those of kernel ${kernel}: ${doubt}`
  }
  if (!loadedAlike(of, linux))
    yield `a machine that loads words from the other end than x86 and arm64 may choose another of the ${of} links of ${node} ${lag}`
}

// The page of a switch: what its platform is, from its facts, and how its target says each option, where there is one.

import type { HashPolicy } from '../options/index.ts'
import type { Limits, Platform } from '../platforms/platform.ts'
import { type Block, heading, list, type Page, table, text } from '../report/page.ts'
import type { SwitchStance } from '../targets/lines.ts'
import type { SwitchTarget } from '../targets/switch-target.ts'
import { policyFacts } from './facts.ts'

const rangeOf = ({ min, max }: Limits): string =>
  min === undefined && max === undefined
    ? 'within no known limits'
    : `${min ?? 0} to ${max ?? 'no known limit'}`

const counts: Readonly<Record<Platform['mtu']['counts'], string>> = {
  payload: 'the packet in the frame',
  'frame-without-fcs': 'the frame without its checksum',
  frame: 'the frame with its checksum',
}

const confidences: Readonly<Record<Platform['confidence'], string>> = {
  schema: 'held against a machine-readable model',
  parser: 'held against a parser of its configuration',
  document: 'from its manuals',
  unverified: 'no source confirms them',
}

function factsOf(platform: Platform): readonly string[] {
  const { lag, members, ports, modes, rate, hash, multichassis, fallback, mtu, vlans } = platform
  const ways = (Object.entries(modes) as readonly [string, boolean][]).flatMap(([mode, can]) =>
    can ? mode : [],
  )
  const limit = members.active === undefined ? 'no known limit' : `${members.active} active`
  const size = mtu.unset === undefined ? '' : `, ${mtu.unset} bytes unless told otherwise`
  return [
    `A LAG is called ${lag.name}${lag.ids === undefined ? '' : `, number ${rangeOf(lag.ids)}`}`,
    `Ports are called ${ports.examples.join(', ')}`,
    `Members: ${limit}${members.standby > 0 ? `, ${members.standby} more as standby` : ''}`,
    `Ways to group: ${ways.join(', ')}`,
    rate.scope === 'none'
      ? `LACP rate: always ${rate.unset}`
      : `LACP rate: said of the ${rate.scope}, ${rate.unset} unless told otherwise`,
    `Load balancing: ${hash.scope === 'none' ? 'cannot be chosen' : `one setting for each ${hash.scope}`}, ${hash.unset.words} unless told otherwise`,
    `Two as one: ${multichassis === undefined ? 'no way' : multichassis.name}`,
    `While the host is silent a port ${fallback ? 'can work alone' : 'does not work alone'}`,
    `MTU: said of the ${mtu.scope}, counts ${counts[mtu.counts]}${size}${mtu.max === undefined ? '' : `, at most ${mtu.max}`}`,
    `VLANs: ${vlans.min} to ${vlans.max}${vlans.reserved.map(({ from, to }) => `, ${from} to ${to} are reserved`).join('')}`,
  ]
}

/** What a switch target does with an option, in a few words. */
export function switchStanceInWords(stance: SwitchStance | undefined): string {
  switch (stance?.stance) {
    case 'lines': {
      const all = stance.any ?? Object.values(stance.by ?? {}).flat()
      return [...new Set(all.map(({ text: words }) => words))].join(' / ') || 'said by silence'
    }
    case 'within':
      return `in the lines of ${stance.option}`
    case 'only':
      return `always ${String(stance.value)}: ${stance.because}`
    case 'cannot':
      return `cannot: ${stance.because}`
    default:
      return 'not mapped yet'
  }
}

function stancesOf(target: SwitchTarget): readonly Block[] {
  const rows = (['switch', 'lag'] as const).flatMap(subject =>
    Object.entries(target.spellings[subject]).map(([id, stance]) => [
      subject,
      id,
      switchStanceInWords(stance),
    ]),
  )
  return [heading('Options'), table(['of', 'option', 'says'], rows)]
}

export function platformPage(platform: Platform, target: SwitchTarget | undefined): Page {
  const { id, vendor, product, hash, unverified, confidence, source } = platform
  const policies = (Object.keys(policyFacts) as HashPolicy[]).map(policy => {
    const words = hash.policies[policy]
    return [
      policy,
      words?.words ?? 'cannot',
      words === undefined ? '' : words.exact ? 'the same fields' : 'near',
    ]
  })
  const name = product.startsWith(vendor) ? product : `${vendor} ${product}`
  const doubts = Object.entries(unverified).map(([what, assumed]) => `${what}: ${assumed}`)
  return {
    id,
    title: `${name} (platform ${id})`,
    summary: name,
    blocks: [
      list(...factsOf(platform)),
      text(
        `Facts ${confidences[confidence]}.${target?.proof === 'proven' ? ' What is written was run by the switch itself, and LAGs formed.' : ''}`,
      ),
      heading('Load balancing'),
      table(['policy', 'its words', 'compared'], policies),
      ...(target === undefined
        ? [text('Nothing is rendered for it yet: lint and predict know it, render does not.')]
        : stancesOf(target)),
      ...(doubts.length === 0 ? [] : [heading('Not confirmed'), list(...doubts)]),
      text(`Source: ${source}`),
    ],
  }
}

// The driver of each kernel, asked directly: which options and values it has, what it refuses in which mode, and what it
// holds of every value in every mode that allows it. That is what the rows say: since, valuesSince, modes, elsewhere,
// and settle. Cheap, as nothing but the driver is asked; what programs make of it is matrix.test.ts.
//
// BONDPLAN_KERNELS names the kernels (rig/kernels.ts), separated by commas.

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../../src/intent/effective.ts'
import { bonding, type Mode, rowsOf } from '../../src/options/index.ts'
import { type AnyRow, allModes } from '../../src/options/row.ts'
import { compareVersions, kernelHas } from '../../src/targets/target.ts'
import { runGuest } from '../rig/guest.ts'
import { kernel, release } from '../rig/kernels.ts'
import { heldAndSettled, optionCases, samplesOf } from '../support/option-cases.ts'
import { kernelsAsked } from './asked.ts'

interface Case {
  readonly mode: Mode
  readonly writes: readonly (readonly [string, string])[]
  readonly members: readonly string[]
}

interface Answer {
  readonly kernel: string
  readonly files: readonly string[]
  readonly bondAttributes: readonly number[]
  readonly memberAttributes: readonly number[]
  readonly cases: readonly {
    readonly refused: readonly (readonly [string, number])[]
    readonly held: Readonly<Record<string, string>>
  }[]
}

/**
 * What has no file, by its number in linux/if_link.h, IFLA_BOND_* and IFLA_BOND_SLAVE_*. Not there: ns-ip6-target, of which
 * the driver is silent until it has one.
 */
const bondNumbers: Readonly<Record<string, number>> = {
  'coupled-control': 32,
  'broadcast-neighbor': 33,
  'lacp-strict': 34,
}
const memberNumbers: Readonly<Record<string, number>> = { prio: 9, 'actor-port-prio': 10 }

const EACCES = 13
const EINVAL = 22

const options = Object.entries<AnyRow>(bonding)
const isIn = (series: string, since: string | undefined): boolean =>
  since === undefined || compareVersions(series, since) >= 0

/** As sysfs takes it: lists of addresses one by one, what is on or off by its number. */
function writesOf(said: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(said).flatMap(([id, value]) => {
    const row = options.find(([other]) => other === id)?.[1]
    if (row?.kernel === undefined || id === 'mode') return []
    const { name } = row.kernel
    if (Array.isArray(value)) return value.map(one => [name, `+${one}`] as const)
    return [[name, value === 'on' ? '1' : value === 'off' ? '0' : String(value)] as const]
  })
}

describe.each(kernelsAsked)('Linux %s', name => {
  let version = ''
  let said: Answer | undefined
  const played: {
    readonly title: string
    readonly plan: Case
    readonly said: Readonly<Record<string, unknown>>
  }[] = []
  const refused: {
    readonly title: string
    readonly file: string
    readonly plan: Case
    readonly errno: number
  }[] = []

  const answer = (): Answer => {
    if (said === undefined) throw new Error('the guest was not played')
    return said
  }

  beforeAll(async () => {
    const booted = await kernel(name)
    version = release(booted)
    for (const one of optionCases(version, 'd0')) {
      if (bonding[one.id as keyof typeof bonding].kernel?.sysfs === false) continue
      const members = one.id === 'primary' ? ['d0', 'd1'] : []
      played.push({
        title: `${one.mode}, ${one.id} ${one.shown}`,
        plan: { mode: one.mode, writes: writesOf(one.said), members },
        said: { ...one.said, ...(members.length > 0 && { members }) },
      })
    }
    for (const mode of allModes)
      for (const [id, row] of options) {
        const [sample] = samplesOf(id, row, 'd0')
        if (row.kernel?.sysfs !== true || id === 'mode' || sample === undefined || !kernelHas(version, row))
          continue
        const plan = { mode, writes: writesOf({ [id]: sample }), members: [] }
        if (row.elsewhere === 'refused' && !row.modes.includes(mode))
          refused.push({ title: `${id} in ${mode}`, file: row.kernel.name, plan, errno: EACCES })
        const gone = Object.entries(row.valuesUntil).filter(([, until]) => isIn(version, until))
        const early = Object.entries(row.valuesSince).filter(([, since]) => !isIn(version, since))
        for (const [value] of [...early, ...gone]) {
          if (!row.modes.includes(mode)) continue
          const text = value === 'on' ? '1' : value === 'off' ? '0' : value
          refused.push({
            title: `${id} ${value} in ${mode}`,
            file: row.kernel.name,
            plan: { mode, writes: [[row.kernel.name, text]], members: [] },
            errno: EINVAL,
          })
        }
      }
    const result = await runGuest({
      script: 'exec python3 -B -E -s /mnt/probe.py\n',
      files: {
        'cases.json': JSON.stringify([...played, ...refused].map(({ plan }) => plan)),
        'probe.py': readFileSync(new URL('probe.py', import.meta.url), 'utf8'),
      },
      kernel: booted,
      timeoutMs: 900_000,
    })
    expect(result.problem).toBeUndefined()
    said = JSON.parse(result.results['driver.json'] ?? '')
  }, 1_000_000)

  test('has the options that the rows say it has', () => {
    const { kernel: booted, files, bondAttributes } = answer()
    expect(booted).toBe(version)
    for (const [id, row] of options) {
      const number = bondNumbers[id]
      if (row.kernel === undefined || (!row.kernel.sysfs && number === undefined)) continue
      const has = number === undefined ? files.includes(row.kernel.name) : bondAttributes.includes(number)
      expect({ id, has }).toEqual({ id, has: kernelHas(version, row) })
    }
  })

  test("has the members' options that the rows say it has", () => {
    const rows = rowsOf('port')
    for (const [id, number] of Object.entries(memberNumbers)) {
      const { memberAttributes } = answer()
      const has = memberAttributes.includes(number)
      expect({ id, has, memberAttributes }).toEqual({
        id,
        has: rows[id] !== undefined && kernelHas(version, rows[id]),
        memberAttributes,
      })
    }
  })

  test('refuses what the rows say it refuses', () => {
    const { cases } = answer()
    const found = refused.map(({ title, file }, at) => ({
      title,
      errno: cases[played.length + at]?.refused.find(([name]) => name === file)?.[1],
    }))
    expect(found).toEqual(refused.map(({ title, errno }) => ({ title, errno })))
    expect(refused.length).toBeGreaterThan(20)
  })

  test('takes every value in every mode that allows it, and holds what settle says', () => {
    const { cases } = answer()
    const found = played.map(({ title, said: one, plan }, at) => {
      const outcome = cases[at]
      const { held, settled } = heldAndSettled(outcome?.held ?? {}, settle(one), plan.mode)
      return { title, refused: outcome?.refused, held, settled, many: Object.keys(held).length > 20 }
    })
    const wrong = found.filter(
      ({ refused: not, held, settled, many }) =>
        not?.length !== 0 || !many || JSON.stringify(held) !== JSON.stringify(settled),
    )
    expect(wrong.slice(0, 5)).toEqual([])
    console.info(
      `${answer().kernel}: ${played.length} values taken, ${refused.length} refused, as the rows say`,
    )
  })
})

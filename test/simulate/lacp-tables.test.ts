// The tables of the state machines, the agenda, and the numbers that depend on the kernel.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAgenda, seeded } from '../../src/simulate/lacp/agenda.ts'
import { churnTable } from '../../src/simulate/lacp/linux/churn.ts'
import { actorKey, isSince, speedCode } from '../../src/simulate/lacp/linux/kernel.ts'
import { linkTable } from '../../src/simulate/lacp/linux/monitor.ts'
import * as linuxMux from '../../src/simulate/lacp/linux/mux.ts'
import * as linuxPeriodic from '../../src/simulate/lacp/linux/periodic.ts'
import * as linuxReceive from '../../src/simulate/lacp/linux/receive.ts'
import { statusTable } from '../../src/simulate/lacp/switch/openvswitch-port.ts'
import * as standard from '../../src/simulate/lacp/switch/tables.ts'

type AnyTable = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Every table, with the state it starts in and the states it has no use for under its kind of control. */
const tables: [string, AnyTable, string, string[]][] = [
  ['Linux receive', linuxReceive.receiveTable, 'port-disabled', []],
  ['Linux periodic', linuxPeriodic.periodicTable, 'none', []],
  ['Linux mux, coupled', linuxMux.coupledMux, 'detached', ['collecting', 'distributing']],
  ['Linux mux, independent', linuxMux.independentMux, 'detached', ['collecting-distributing']],
  ['Linux link', linkTable, 'down', []],
  ['Linux churn', churnTable, 'monitoring', []],
  ['standard receive', standard.receiveTable, 'port-disabled', []],
  ['standard periodic', standard.periodicTable, 'none', []],
  ['standard mux, coupled', standard.coupledMux, 'detached', ['collecting', 'distributing']],
  ['standard mux, independent', standard.independentMux, 'detached', ['collecting-distributing']],
  ['Open vSwitch, active', statusTable.active, 'defaulted', []],
  ['Open vSwitch, passive', statusTable.passive, 'defaulted', []],
]

function reachable(table: AnyTable, start: string): Set<string> {
  const found = new Set([start])
  for (const state of found) for (const next of Object.values(table[state] ?? {})) found.add(next)
  return found
}

describe('the tables', () => {
  test.each(tables)('of %s reach every state they are for', (_name, table, start, unused) => {
    const wanted = Object.keys(table).filter(state => !unused.includes(state))
    expect([...reachable(table, start)].sort()).toEqual(wanted.sort())
  })

  test('bring every Linux port back to its beginning', () => {
    for (const row of Object.values(linuxReceive.receiveTable)) expect(row.begin).toBe('initialize')
    for (const row of Object.values(linuxMux.coupledMux)) expect(row.begin).toBe('detached')
    for (const row of Object.values(linuxPeriodic.periodicTable)) expect(row.stop).toBe('none')
  })

  test('never let a port distribute while its partner is out of sync', () => {
    const out: (keyof (typeof linuxMux.coupledMux)['attached'])[] = ['out-of-sync', 'unselected', 'begin']
    for (const table of [linuxMux.coupledMux, linuxMux.independentMux]) {
      for (const row of Object.values(table)) {
        for (const event of out) expect(row[event]).not.toMatch(/distributing/)
      }
    }
    for (const table of [standard.coupledMux, standard.independentMux]) {
      for (const row of Object.values(table)) {
        for (const event of ['unselected', 'standby', 'selected'] as const) {
          expect(row[event]).not.toMatch(/distributing/)
        }
      }
    }
  })
})

describe('keys', () => {
  test.each([
    [10, 5],
    [100, 7],
    [1000, 9],
    [2500, 11],
    [5000, 13],
    [10_000, 15],
    [14_000, 17],
    [20_000, 19],
    [25_000, 21],
    [40_000, 23],
    [50_000, 25],
    [56_000, 27],
    [100_000, 29],
    [200_000, 31],
    [400_000, 33],
    [800_000, 35],
  ])('of %i Mbit/s before 7.1 is %i', (speedMbps, key) => {
    expect(actorKey(0, speedCode(speedMbps, '6.18'), true)).toBe(key)
  })

  test('of a speed that the driver does not know is 0, and moves with 7.1', () => {
    expect(speedCode(1234, '6.1')).toBe(0)
    expect(speedCode('unknown', '7.2')).toBe(0)
    expect(speedCode(80_000, '6.18')).toBe(0)
    expect(actorKey(0, speedCode(80_000, '7.1'), true)).toBe(29)
    expect(actorKey(0, speedCode(100_000, '7.1'), true)).toBe(31)
  })

  test('a kernel is compared by number, not by letter', () => {
    expect(isSince('6.12.113', '6.9')).toBe(true)
    expect(isSince('5.10', '5.15')).toBe(false)
    expect(isSince('7.0', '6.18')).toBe(true)
  })
})

describe('the agenda', () => {
  test('does everything by time, and what is due together in the order it was asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), times => {
        const agenda = createAgenda()
        const done: [number, number][] = []
        for (const [order, atMs] of times.entries()) {
          agenda.at(atMs, () => done.push([agenda.now(), order]))
        }
        agenda.run(100, () => {})
        const expected = times.map((atMs, order): [number, number] => [atMs, order])
        expect(done).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]))
        expect(agenda.now()).toBe(100)
      }),
    )
  })

  test('does what is asked for the past at once, and nothing beyond the end', () => {
    const agenda = createAgenda()
    const done: number[] = []
    agenda.at(10, () => agenda.at(5, () => done.push(agenda.now())))
    agenda.at(30, () => done.push(30))
    agenda.run(20, () => {})
    expect(done).toEqual([10])
  })

  test('chance is the seed', () => {
    const draw = (seed: number) => Array.from({ length: 20 }, seeded(seed).bind(undefined, 100))
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    for (const value of draw(7)) expect(value >= 0 && value < 100 && Number.isInteger(value)).toBe(true)
  })
})

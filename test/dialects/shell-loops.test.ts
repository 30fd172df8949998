// Scripts with loops and variables, as what a shell would come by.

import { describe, expect, test } from 'vitest'
import { shell } from '../../src/dialects/shell.ts'
import { played } from '../../src/dialects/shell-loops.ts'

/** Each command as its words, assignments that are left as NAME=VALUE. */
const commandsOf = (text: string): readonly string[] =>
  played(shell.statements(text, 'script').statements).map(({ name, value, inside }) =>
    value === undefined ? [name, ...inside.map(word => String(word.value))].join(' ') : `${name}=${value}`,
  )

describe('loops and variables', () => {
  test.each([
    ['for p in a b; do ip link set $p up; done', ['ip link set a up', 'ip link set b up']],
    ['P="a b"\nfor p in $P\ndo\n  up "$p"\ndone\nend', ['up a', 'up b', 'end']],
    [
      'for b in x y; do for p in 1 2; do join $b ${b}p$p; done; done',
      ['join x xp1', 'join x xp2', 'join y yp1', 'join y yp2'],
    ],
    ['while read p; do up $p; done < list\nend', ['read p', 'up $p', 'end']],
    ['N=$(hostname)\nname $N', ['N=$(hostname)', 'name $N']],
    ['A=1\nA=$(date)\nsay $A', ['A=$(date)', 'say $A']],
    ['for p in $(ls); do up $p; done', ['up $p']],
    ['for p in a; do up $p', ['up a']],
    ['IP=/sbin/ip\n$IP link set a up', ['/sbin/ip link set a up']],
  ])('%j', (text, commands) => {
    expect(commandsOf(text)).toEqual(commands)
  })

  test('take no more time or room than there is', () => {
    const nested = `${'for p in 1 2 3 4 5 6 7 8 9; do '.repeat(12)}up $p; ${'done; '.repeat(12)}`
    expect(commandsOf(nested).length).toBeLessThan(100_000)
    // What is in deeper loops than anybody writes is taken once.
    const deep = `${'for p in a b; do\n'.repeat(20_000)}up $p\n${'done\n'.repeat(20_000)}`
    expect(commandsOf(deep).length).toBeLessThan(100_000)
    const doubled = `A=aaaaaaaaaa\n${'A=$A$A\n'.repeat(60)}say $A`
    expect(commandsOf(doubled).join('').length).toBeLessThan(2_000)
    const many = `A="${'a '.repeat(400)}"\nsay ${'$A '.repeat(100_000)}`
    expect(commandsOf(many).join('').length).toBeLessThan(1_000_000)
  })
})

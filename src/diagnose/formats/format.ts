// What the output of a command looks like, as data: a line that it begins with, and for each line that says something a
// pattern whose groups are named after the facts (observed.ts). A platform is a table of these and no code. The walk over
// them is ../walk.ts.
//
// A group's name begins with whose the fact is: `b_` of the bond or LAG, `m_` of the member, `a_` of this end of the
// member, `p_` of what it has recorded of the other end. `bundle` and `member` name the two themselves, and open them;
// `port` names a member whose bond is known already; `list` holds what `each` takes apart.

import type { Event } from '../observed.ts'
import type { StateForm } from '../values.ts'

/** What a text stands for: the words of the output by the words of observed.ts. */
export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface Row {
  readonly line: RegExp
  /** What stands before the group `bundle` in the LAG's name elsewhere: `Po` of a channel group 1. */
  readonly prefix?: string
  /** Only in these parts of the output. */
  readonly within?: readonly string[]
  /** The part that begins here. */
  readonly enters?: string
  /** Facts that the line says by being there. */
  readonly gives?: Readonly<Record<string, string>>
  /** How the group `list` goes on: the facts of each. */
  readonly each?: RegExp
  /** What a line of a log tells of `bundle`, and of `member` where it names one. */
  readonly event?: Event['kind']
}

export interface Format {
  /** The platform whose output it is; `linux` for what the kernel shows. */
  readonly platform: string
  /** What prints it, as it is typed. */
  readonly command: string
  readonly kind: 'host' | 'switch'
  /** Whether its own text names the bond or the LAG. */
  readonly named: boolean
  /** The command as it was typed, where the name stands in it. */
  readonly asked?: RegExp
  /** Lines with which it can begin. None of them is a line of another format. */
  readonly begins: readonly RegExp[]
  /** Whether any line of it may be the first, so that none begins another one. */
  readonly continuous?: true
  /** Whether it is read after all else, as it names ports and not the bonds that they are in. */
  readonly last?: true
  /** Lines right above the first that already belong to it, such as the name of what is shown. */
  readonly preface?: RegExp
  readonly rows: readonly Row[]
  readonly words?: Words
  /** How each end's state is spelled, by the name of its group. */
  readonly states?: Readonly<Record<string, StateForm>>
  /** Lines that are known and none of our business. */
  readonly passes: readonly RegExp[]
  /** A line of it that is only there for an administrator; without it what LACP has agreed is not shown. */
  readonly whole?: RegExp
  /** Who says that it looks like this. */
  readonly source: string
}

// What every command is given and gives: its own words to commander in its file, and an exit status back.

import type { Command } from 'commander'
import { type Io, Usage } from './io.ts'

/** 0 fine, 1 findings at error level or a difference, 2 could not run. */
export type Status = 0 | 1 | 2

/** Adds a command to the program; `done` takes the status that its action ends with. */
export type Register = (program: Command, io: Io, done: (status: Status) => void) => void

/** For options that may be given several times. */
export const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [
  ...earlier,
  value,
]

/** The value of an option that counts; undefined where it is not said. Throws Usage. */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Usage(`${name} is a whole number, not ${text}`)
  return Number(text)
}

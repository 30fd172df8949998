// Whose each output is: a machine by the prompt in the text, by the folder above /proc, by its folder or its file; and the
// bond by the file that was shown.

import type { Link } from './links.ts'
import type { Piece } from './sections.ts'

/** What one command has printed, with the file that it lies in. */
export interface Known extends Piece {
  readonly path: string
  /** Of JSON and of `ip -d link`. */
  readonly links?: readonly Link[]
}

const isSwitch = ({ what }: Piece): boolean => typeof what === 'object' && what.kind === 'switch'

/**
 * The pieces of each machine, by its name. `called`: the host of what names none. What nothing names at all belongs to the only
 * host that there is besides, unless both show a bond of the same name.
 */
export function byMachine(
  all: readonly Known[],
  called: string | undefined,
): ReadonlyMap<string, readonly Known[]> {
  const machines = new Map<string, Known[]>()
  const folders = new Map<string, Known[]>()
  const nameless: Known[] = []
  const add = (groups: Map<string, Known[]>, name: string, piece: Known): void => {
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [piece])
    else group.push(piece)
  }
  const roots = new Map(all.flatMap(({ path }) => rootOf(path)))
  for (const piece of all) {
    const name = piece.machine ?? ownerOf(piece.path, roots)
    if (name !== undefined) add(machines, name, piece)
    else if (isSwitch(piece)) add(machines, stemOf(piece.path) ?? folderOf(piece.path) ?? 'switch', piece)
    else add(folders, folderPath(piece.path), piece)
  }
  for (const pieces of folders.values()) {
    const alone = areAlone(pieces)
    for (const piece of pieces) {
      const own = alone ? stemOf(piece.path) : undefined
      const name = called ?? own ?? folderOf(piece.path)
      if (name === undefined) nameless.push(piece)
      else add(machines, name, piece)
    }
  }
  const host = nameless.length === 0 ? undefined : hostFor(nameless, machines)
  for (const piece of nameless) add(machines, host ?? 'host', piece)
  return machines
}

function hostFor(
  nameless: readonly Known[],
  machines: ReadonlyMap<string, readonly Known[]>,
): string | undefined {
  const hosts = [...machines].filter(([, pieces]) => !pieces.some(isSwitch))
  const [only] = hosts
  if (only === undefined || hosts.length > 1) return undefined
  const [own, other] = [bondsIn(nameless), bondsIn(only[1])]
  return [...own].some(bond => other.has(bond)) ? undefined : only[0]
}

/**
 * Whether each file of a folder is a host, called as the file is. Files that have no name are of one host, called as the
 * folder is, unless two of them show a bond of the same name, or there is but one.
 */
function areAlone(pieces: readonly Known[]): boolean {
  const byPath = new Map<string, Known[]>()
  for (const piece of pieces) {
    const beside = byPath.get(piece.path)
    if (beside === undefined) byPath.set(piece.path, [piece])
    else beside.push(piece)
  }
  const bonds = [...byPath.values()].flatMap(own => [...bondsIn(own)])
  return byPath.size === 1 || new Set(bonds).size < bonds.length
}

/** The bonds that pieces show; that of `ip -d link`, which shows all of them, is one of its own. */
function bondsIn(pieces: readonly Known[]): ReadonlySet<string> {
  return new Set(
    pieces.map(piece => (piece.links === undefined ? (shownBond(piece) ?? bondInName(piece)) : 'of ip link')),
  )
}

/** The folder above /proc or /sys, a machine's root, and what the machine is called, which is the folder's name. */
function rootOf(path: string): readonly (readonly [root: string, name: string])[] {
  const [, root, name] = /^((?:.*\/)?([^/]+))\/(?:proc|sys)\/./.exec(path) ?? []
  return root === undefined || name === undefined ? [] : [[root, name]]
}

/** The machine in whose root a file lies. */
function ownerOf(path: string, roots: ReadonlyMap<string, string>): string | undefined {
  let folder = folderPath(path)
  while (folder !== '') {
    const name = roots.get(folder)
    if (name !== undefined) return name
    folder = folderPath(folder)
  }
  return undefined
}

const folderPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

const folderOf = (path: string): string | undefined => {
  const name = folderPath(path).split('/').at(-1)
  return name === undefined || name === '' || /^\.+$|^bonding$/.test(name) ? undefined : name
}

/** Names of files that say what is in them, not whose it is. */
const generic =
  /^(?:-|bond|ip|link|proc|net|dmesg|kern|log|state|output|show|display|ovs|lacp|team|stdin)[\w-]*$/i

/** What a file is called up to its first dot, where that may be a machine's name. */
function stemOf(path: string): string | undefined {
  const stem = path.slice(path.lastIndexOf('/') + 1).split('.')[0] ?? ''
  return stem === '' || generic.test(stem) ? undefined : stem
}

/** The bond by the file that was shown, in a folder or in a command, where each of several is shown in its turn. */
export function shownBond({ shown = '', path, nth }: Known): string | undefined {
  const named = /\/proc\/net\/bonding\/([^\s/*]{1,15})(?=\s|$)/g
  const asked = [...shown.matchAll(named)].map(([, name]) => name)
  return asked.length > 0 ? asked[nth] : named.exec(`/${path}`)?.[1]
}

/** What the name of a file says of the bond in it. */
export const bondInName = ({ path }: Known): string =>
  /bond\d+/i.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] ?? 'bond'

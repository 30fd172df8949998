// Files of one kind in several folders, as systemd and Netplan read them: by their own names, whatever folder they are in;
// of two with one name that of the folder that goes before.

import { type Astray, type ScannedFile, shadowed } from './target.ts'

const own = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What the administrator says goes before what is there for this boot, and that before what a package brought. */
const folders = [/(?:^|\/)etc\//, /(?:^|\/)run\//, /(?:^|\/)usr\/local\/lib\//, /(?:^|\/)(?:usr\/)?lib\//]

const rank = (path: string): number => {
  const at = folders.findIndex(folder => folder.test(path))
  // Files that lie nowhere in particular are taken for the administrator's.
  return at < 0 ? 0 : at
}

export interface Layered {
  /** Those that are read, in that order. */
  readonly files: readonly ScannedFile[]
  readonly astray: readonly Astray[]
}

/** `first`: folders in another order, by their rank above. */
export function layered(files: readonly ScannedFile[], first: readonly number[] = [0, 1, 2, 3]): Layered {
  const astray: Astray[] = []
  const read = new Map<string, ScannedFile>()
  const byRank = files.toSorted((a, b) => first.indexOf(rank(a.path)) - first.indexOf(rank(b.path)))
  for (const file of byRank) {
    const name = own(file.path)
    const earlier = read.get(name)
    if (earlier === undefined) read.set(name, file)
    else
      astray.push(
        shadowed(file.path, { start: 0, end: 0 }, `${earlier.path} has the same name and is read instead`),
      )
  }
  const order = [...read.values()].sort((a, b) =>
    own(a.path) < own(b.path) ? -1 : own(a.path) > own(b.path) ? 1 : 0,
  )
  return { files: order, astray }
}

// Edits made in plain data: what a document must say after its text was changed. The text is others' business; that
// both agree is how a change of text is known to be right.

import type { Edit, Path, Step } from '../diagnostics/diagnostic.ts'

type Holder = Record<Step, unknown>

export const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

export const isObject = (value: unknown): value is Record<string, unknown> =>
  isHolder(value) && !Array.isArray(value)

/** What stands at a step; undefined where nothing does. */
export const childOf = (holder: Holder, step: Step): unknown =>
  Object.hasOwn(holder, step) ? holder[step] : undefined

/** Assignment to `__proto__` would change the prototype instead of adding a property. */
const put = (holder: Holder, step: Step, value: unknown): void =>
  void Object.defineProperty(holder, step, { value, enumerable: true, configurable: true, writable: true })

/**
 * The document after the edits; the one given stays as it is. Steps of lists count as they did before the edits.
 * Undefined where an edit cannot be made: what is to be removed or renamed is not there, the new name is taken, or the
 * way leads through a scalar. A thing that is said to be nothing (`bond0:`) may be given something.
 */
export function edited(document: unknown, edits: readonly Edit[]): { readonly value: unknown } | undefined {
  const top: Holder = { root: structuredClone(document) }
  const gone = new Map<Holder, Set<number>>()
  for (const edit of edits) {
    const path: Path = ['root', ...edit.path]
    const holder = holderAt(top, path, edit.kind === 'set')
    const step = path.at(-1)
    if (holder === undefined || step === undefined || path.length < 2) return undefined
    const there = Object.hasOwn(holder, step)
    if (edit.kind === 'set') {
      if (Array.isArray(holder) && !there && Number(step) !== holder.length) return undefined
      put(holder, step, structuredClone(edit.value))
    } else if (!there) {
      return undefined
    } else if (Array.isArray(holder)) {
      if (edit.kind === 'rename') return undefined
      gone.set(holder, (gone.get(holder) ?? new Set()).add(Number(step)))
    } else {
      const value = holder[step]
      if (edit.kind === 'rename') {
        if (Object.hasOwn(holder, edit.key)) return undefined
        put(holder, edit.key, value)
      }
      delete holder[step]
    }
  }
  for (const [list, indexes] of gone) {
    if (!Array.isArray(list)) continue
    const kept = list.filter((_, index) => !indexes.has(index))
    list.splice(0, list.length, ...kept)
  }
  return { value: top.root }
}

function holderAt(top: Holder, path: Path, make: boolean): Holder | undefined {
  let holder = top
  for (const step of path.slice(0, -1)) {
    const inner = childOf(holder, step)
    if (isHolder(inner)) holder = inner
    else if (make && (inner === undefined || inner === null)) {
      const made: Holder = {}
      put(holder, step, made)
      holder = made
    } else return undefined
  }
  return holder
}

/** Whether two documents say the same, whatever the order of their keys. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isHolder(a) || !isHolder(b)) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => sameData(item, b[index]))
  }
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && sameData(a[key], b[key]))
  )
}

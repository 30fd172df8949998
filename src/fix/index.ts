// Fixes made in texts: of intents here, of configurations that others wrote in native.ts. Which findings are to be settled,
// and that a text is read again after each pass, is for the caller.

import type { Edit } from '../diagnostics/diagnostic.ts'
import type { SourceText } from '../intent/text.ts'
import type { Change } from './change.ts'
import { Claims } from './claims.ts'
import { changesOf, proven } from './yaml.ts'
import { type Tree, treeOf } from './yaml-tree.ts'

export type { Change } from './change.ts'
export { type Machine, nativeChanges, nativeFixed } from './native.ts'

/** A text that fixes can be made in. Paths of edits are those of its own document. */
export interface Fixable {
  /** The changes that one fix needs, in order, none overlapping; undefined where the text cannot carry it. */
  changes(edits: readonly Edit[]): readonly Change[] | undefined
  /**
   * The text after as many of the fixes as go together, in their order: of two that touch the same thing the first is
   * made. The text is read again and must say what the edits make of the document. Undefined where none can be made.
   */
  fixed(fixes: readonly (readonly Edit[])[]): string | undefined
}

/** Undefined for a text whose syntax is wrong. */
export function fixable(source: SourceText): Fixable | undefined {
  const tree = treeOf(source)
  if (tree === undefined) return undefined
  return {
    changes: edits => changesOf(tree, edits),
    fixed(fixes) {
      const claims = new Claims()
      const chosen = fixes.filter(edits => changesOf(tree, edits) !== undefined && claims.takeAll(edits))
      const after = together(tree, chosen)
      return after === tree ? undefined : after.text
    },
  }
}

/**
 * The text after all of the fixes. Should they not do together what each says, they are tried by halves, so that one
 * that cannot be made holds up no other.
 */
function together(tree: Tree, fixes: readonly (readonly Edit[])[]): Tree {
  if (fixes.length === 0) return tree
  const edits = fixes.flat()
  const changes = changesOf(tree, edits)
  const after = changes && proven(tree, edits, changes)
  if (after !== undefined) return after
  if (fixes.length === 1) return tree
  const first = together(tree, fixes.slice(0, fixes.length >> 1))
  return first === tree ? together(tree, fixes.slice(fixes.length >> 1)) : first
}

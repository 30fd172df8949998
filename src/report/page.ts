// What `explain` shows, before it is laid out: a title and blocks of plain text. Pages are made from the tables
// (pages.ts); how they look on a terminal or as Markdown is layout.ts's business.

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly language: 'yaml' | 'text' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly header: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

export interface Page {
  /** What `explain` is asked for. */
  readonly id: string
  readonly title: string
  /** One sentence, for lists of pages. */
  readonly summary: string
  readonly blocks: readonly Block[]
}

export const text = (words: string): Block => ({ kind: 'text', text: words })
export const heading = (words: string): Block => ({ kind: 'heading', text: words })
export const code = (words: string, language: 'yaml' | 'text' = 'yaml'): Block => ({
  kind: 'code',
  text: words,
  language,
})
export const list = (...items: string[]): Block => ({ kind: 'list', items })
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  header,
  rows,
})

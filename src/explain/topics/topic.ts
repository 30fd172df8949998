// What a page about a question is made of. Topics are data: how they look is layout.ts's business, that their examples
// say what the page says is a test's.

export interface TopicExample {
  /** What it shows, in a few words. */
  readonly shows: string
  /**
   * An intent. A line of carets in a comment below a line stands for what lint says there, as in the examples of rules;
   * without one lint has no error and no warning.
   */
  readonly intent: string
}

/** What is worth knowing and cannot be a finding: an intent does not say what would decide it. */
export interface Advice {
  /** What `explain` is asked for; the id of a row of the catalogue. */
  readonly id: string
  readonly says: string
  /** Why lint does not say it. */
  readonly because: string
  readonly source: string
}

export interface Topic {
  readonly id: string
  /** The question, as people ask it. */
  readonly title: string
  /** One or two sentences that are enough for whoever reads no further. */
  readonly answer: string
  /** Paragraphs. */
  readonly why: readonly string[]
  readonly table?: {
    readonly header: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
  readonly examples: readonly TopicExample[]
  /** What to do instead, or next. */
  readonly instead: readonly string[]
  readonly advice?: readonly Advice[]
  /** Other pages: topics, rules, options, modes, policies. */
  readonly see: readonly string[]
  readonly sources: readonly string[]
}

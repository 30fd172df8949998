// What is said about YAML that is well-formed and still not read: the sentences. Who finds it is build.ts;
// ill-formed YAML is help.ts.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'

type Said = Pick<Diagnostic, 'message' | 'help'>

/** Words out of the file, cut to a length that a message can hold. */
export const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}...`)

export const troubles = {
  severalDocuments: (): Said => ({
    message: 'a second document begins here, and an intent is one document; from here on nothing is read',
    help: 'put the documents into files of their own; several files are read as one intent',
  }),
  keyTwice: (key: string): Said => ({
    message: `the key ${shortened(key)} stands twice in one mapping; only the first one is read`,
    help: 'remove or rename one of them',
  }),
  keyEmpty: (): Said => ({
    message: 'a value without a key stands here; it is left out',
    help: 'write a key before the colon',
  }),
  keyNotText: (template: boolean): Said => ({
    message: 'a key must be a text or a number, and here stands a list or a mapping; its entry is left out',
    help: template
      ? 'this looks like a template: render it first, or quote it if the braces belong to the text'
      : 'quote it if the brackets belong to the text',
  }),
  mergeKey: (): Said => ({
    message: 'merge keys (<<) are no part of YAML 1.2; nothing is taken over from what follows',
    help: 'name the common options once below profiles, and write use: with that name in each bond',
  }),
  escapeInvalid: (): Said => ({
    message:
      'this text has an escape that is no character: half a surrogate pair, or a number beyond U+10FFFF',
    help: 'write the character itself, or its number after \\U in eight digits',
  }),
  tagUnknown: (tag: string): Said => ({
    message: `the tag ${shortened(tag)} is not read; the value is read without it`,
    help: 'remove the tag: an intent holds texts, numbers, true, false, lists and mappings; quote a text that begins with !',
  }),
  notOfTag: (what: string, tag: string): Said => ({
    message: `${what} is not what the tag ${shortened(tag)} says; it is read without the tag`,
    help: 'remove the tag',
  }),
  aliasUnknown: (name: string, meant: string | undefined): Said => ({
    message: `*${shortened(name)} repeats a value marked &${shortened(name)}, and there is none before it`,
    help: meant === undefined ? 'a text that begins with * must be quoted' : `did you mean *${meant}?`,
  }),
  aliasInsideItself: (name: string): Said => ({
    message: `*${shortened(name)} stands inside of the value that it repeats, which would never end`,
    help: 'write out what is meant here',
  }),
  aliasTooDeep: (name: string, depth: number): Said => ({
    message: `with *${shortened(name)} lists and mappings are nested more than ${depth} deep; it is not followed`,
    help: 'write out what is meant here',
  }),
  aliasesTooLarge: (name: string, most: number): Said => ({
    message: `with *${shortened(name)} the aliases of this file repeat more than ${most} values; it is not followed`,
    help: 'use profiles for what many bonds have in common',
  }),
}

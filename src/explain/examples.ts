// What a rule advises where its wrong examples are: its own words, found by asking it.

import { readIntent } from '../intent/read.ts'
import { sourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { type Rule, runRules } from '../rules/rule.ts'
import { dedent } from './pages.ts'

/** Each distinct advice once, in the order of the examples; those were held against the schema by their tests. */
export function helpsOf(rule: Rule): readonly string[] {
  const helps = rule.bad.flatMap(example => {
    const parsed = readYaml(sourceText('example.yaml', dedent(example)))
    if (parsed.value === undefined) return []
    const { value } = readIntent([{ name: 'host', ...parsed.value }], () => [])
    return runRules(value.intent, [rule]).flatMap(({ help }) => help ?? [])
  })
  return [...new Set(helps)]
}

// The compiled templates, made ready to run: only each and if, and both refuse a name that the view does not have
// (Handlebars' own strict mode covers plain names alone).

import Handlebars from 'handlebars/runtime.js'
import { compiled } from '../generated/templates.js'
import type { Template, Templates, View } from '../targets/write.ts'

type Block = { fn(context: unknown): string; inverse(context: unknown): string }

const environment = Handlebars.create()
for (const name of Object.keys(environment.helpers)) environment.unregisterHelper(name)

environment.registerHelper('each', function (this: unknown, list: unknown, { fn }: Block) {
  if (!Array.isArray(list)) throw new Error('a template asks for a list that its view does not have')
  let text = ''
  for (const item of list) text += fn(item)
  return text
})

environment.registerHelper('if', function (this: unknown, flag: unknown, { fn, inverse }: Block) {
  if (typeof flag !== 'boolean' && !Array.isArray(flag)) {
    throw new Error('a template asks for a flag that its view does not have')
  }
  return flag === true || (Array.isArray(flag) && flag.length > 0) ? fn(this) : inverse(this)
})

const ready = new Map<string, Template>()

/** The template of a target by name. Throws where there is none: a target names a file that is not in templates/. */
export const templates: Templates = (target, name) => {
  const key = `${target}/${name}`
  let template = ready.get(key)
  if (template === undefined) {
    const folder = compiled[target] ?? {}
    const own = folder[name]
    if (own === undefined) throw new Error(`there is no template ${key}`)
    const partials: Record<string, ReturnType<typeof environment.template>> = {}
    for (const [partial, { partial: isPartial, spec }] of Object.entries(folder)) {
      if (isPartial) partials[partial] = environment.template(spec)
    }
    const run = environment.template(own.spec)
    template = (view: View) => run(view, { partials })
    ready.set(key, template)
  }
  return template
}

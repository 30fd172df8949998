// All that lint finds in files that are one intent: what reading says, what the rules find as far as it counts, what
// the declared targets cannot say; less what comments allow and a baseline accepts. With each finding that can be
// settled, the change of text that does it.

import type { Diagnostic, Edit, Fix } from '../diagnostics/diagnostic.ts'
import type { Located } from '../diagnostics/located.ts'
import { byPosition, locate } from '../diagnostics/origin.ts'
import { type Fixable, fixable, type Machine, nativeChanges } from '../fix/index.ts'
import type { Host } from '../intent/intent.ts'
import { partner, unruled } from '../intent/partner.ts'
import type { SourceText } from '../intent/text.ts'
import type { Reportable, TextFix } from '../report/index.ts'
import { rules } from '../rules/index.ts'
import { type RuleLevels, runRules } from '../rules/rule.ts'
import { targetOf } from '../targets/index.ts'
import { lossesIn } from '../targets/place.ts'
import { Allows, mark } from './allow.ts'
import type { Baseline } from './baseline.ts'
import type { Config, Configs } from './config.ts'
import { type ForeignHost, type LoadedAll, loadAll } from './foreign.ts'
import type { Loaded } from './intents.ts'
import type { Io } from './io.ts'
import { heeded, joined, uncovered, undoubted } from './one-finding.ts'
import type { Progress } from './progress.ts'

export interface LintSettings {
  readonly configs: Configs
  /** Levels from the command line; they go before those of a configuration. */
  readonly levels: RuleLevels
  readonly baseline: Baseline | undefined
  /** What all files are; undefined: each is recognised. */
  readonly from?: string | undefined
  /** The file with the list of cables. */
  readonly cabling?: string | undefined
}

/**
 * A fix of a finding that is reported, in one file and by paths of its document; or in all files of a host that is no
 * intent, by paths of the intent that it was read as.
 */
export interface Offer {
  readonly file: string
  readonly safe: boolean
  readonly edits: readonly Edit[]
  readonly host?: ForeignHost
}

export interface Linted {
  readonly found: readonly Reportable[]
  readonly offers: readonly Offer[]
  /** The text of a file as it was read. */
  textOf(file: string): SourceText | undefined
}

/** Lints files as one intent. Throws Unreadable. */
export function lintFiles(
  io: Io,
  files: readonly string[],
  settings: LintSettings,
  progress?: Progress,
): Linted {
  const allows = new Map<string, Allows>()
  const loaded = loadAll(io, files, {
    from: settings.from,
    cabling: settings.cabling,
    intents: true,
    progress,
    seen(source, target) {
      if (!source.text.includes(mark)) return
      const own = new Allows(source, target?.dialect)
      if (!own.isEmpty) allows.set(source.file, own)
    },
  })
  const configOf = memoised(file => settings.configs.of(file === '<stdin>' ? '-' : file))
  const configs = [...new Set(loaded.files.map(configOf))]
  const found = heeded(loaded.intent, ruleFindings(loaded, configs, configOf, settings.levels))
  const ruled = undoubted(loaded, uncovered(found, loaded), intent => runRules(intent, rules))
  const lost = [
    ...unruled(partner(loaded.intent)),
    ...undoubted(loaded, lossesOf(loaded, configs, configOf), intent =>
      lossesOf({ ...loaded, intent }, configs, configOf),
    ),
  ]
  const broken = loaded.diagnostics.some(({ severity }) => severity === 'error')
  // What was not read whole may look wrong because of what is missing: nothing is changed on the strength of that.
  const fixes = fixesOf(loaded, broken ? [] : ruled)
  const all = byHost([...loaded.diagnostics, ...ruled, ...lost], files)
  const located = locate(all, loaded.origin, loaded.texts)
  const levelsOf = (file: string): RuleLevels => ({ ...configOf(file).levels, ...settings.levels })
  const remaining = joined(withoutAllowed(located, allows, loaded, levelsOf, !broken))
  const counted = settings.baseline?.unaccepted(remaining, loaded.files) ?? remaining
  const bench = new Bench(loaded)
  const reported: Reportable[] = []
  const offers: Offer[] = []
  for (const finding of counted) {
    const offer = finding.fix && fixes.get(finding.fix)
    const textFix = finding.fix && offer && bench.textFix(finding.fix, offer)
    reported.push(textFix === undefined ? finding : { ...finding, textFix })
    if (textFix !== undefined && offer !== undefined) offers.push(offer)
  }
  return { found: reported, offers, textOf: file => loaded.texts.get(file) }
}

function memoised<V>(make: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>()
  return key => {
    let value = known.get(key)
    if (value === undefined) {
      value = make(key)
      known.set(key, value)
    }
    return value
  }
}

/** What the rules find, each finding as much as the configuration of its file says. */
function ruleFindings(
  { intent, origin }: Loaded,
  configs: readonly Config[],
  configOf: (file: string) => Config,
  levels: RuleLevels,
): readonly Diagnostic[] {
  const [only] = configs
  if (configs.length <= 1) return runRules(intent, rules, { ...only?.levels, ...levels })
  return configs.flatMap(config =>
    runRules(intent, rules, { ...config.levels, ...levels }).filter(({ at }) => {
      const file = at && origin.regionOf(at)?.file
      return (file === undefined ? only : configOf(file)) === config
    }),
  )
}

/** What the targets cannot say of what was said of their hosts. */
function lossesOf(
  { intent, origin }: Loaded,
  configs: readonly Config[],
  configOf: (file: string) => Config,
): readonly Diagnostic[] {
  const versions = configs.some(config => config.versions.size > 0)
  const configFor = (host: Host): Config | undefined => {
    if (!versions || configs.length === 1) return configs[0]
    const file = origin.regionOf({ path: host.path, part: 'key' })?.file
    return file === undefined ? undefined : configOf(file)
  }
  return intent.hosts.flatMap(host =>
    (host.options.target ?? []).flatMap(reference => {
      const known = targetOf(reference)
      if (known === undefined) return []
      const version = known.version ?? configFor(host)?.versions.get(known.target.id)
      return lossesIn(host, known.target, version)
    }),
  )
}

/**
 * In the order of the things that they are about: of many files few are held at a time, and each is read again as often
 * as it is asked for.
 */
function byHost(diagnostics: readonly Diagnostic[], files: readonly string[]): readonly Diagnostic[] {
  if (files.length === 1) return diagnostics
  const groups = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const key = diagnostic.region?.file ?? JSON.stringify(diagnostic.at?.path.slice(0, 2) ?? [])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [diagnostic])
    else group.push(diagnostic)
  }
  return [...groups.values()].flat()
}

function withoutAllowed(
  located: readonly Located[],
  allows: ReadonlyMap<string, Allows>,
  loaded: Loaded,
  levelsOf: (file: string) => RuleLevels,
  whole: boolean,
): readonly Located[] {
  if (allows.size === 0) return located
  const remaining = located.filter(
    finding => !(finding.region && allows.get(finding.region.file)?.allows(finding)),
  )
  const complaints = [...allows].flatMap(([file, own]) => own.complaints(levelsOf(file), whole))
  if (complaints.length === 0) return remaining
  return [...remaining, ...locate(complaints, loaded.origin, loaded.texts)].sort(byPosition)
}

/** Where each fix goes: those of the reader speak of their document, those of rules of the intent. */
function fixesOf(loaded: LoadedAll, ruled: readonly Diagnostic[]): ReadonlyMap<Fix, Offer> {
  const offers = new Map<Fix, Offer>()
  for (const { fix, region } of loaded.diagnostics) {
    if (fix !== undefined && region !== undefined) {
      offers.set(fix, { file: region.file, safe: fix.safe, edits: fix.edits })
    }
  }
  for (const { fix } of ruled) {
    const offer = fix && offerOf(loaded, fix)
    if (fix !== undefined && offer !== undefined) offers.set(fix, offer)
  }
  return offers
}

function offerOf({ origin, foreign }: LoadedAll, { safe, edits }: Fix): Offer | undefined {
  const hosts = new Set(
    edits.map(({ path }) => (path[0] === 'hosts' ? foreign.get(String(path[1])) : undefined)),
  )
  const [host] = hosts
  if (host !== undefined)
    return hosts.size === 1 ? { file: host.files[0] ?? '', safe, edits, host } : undefined
  const files = new Set(edits.map(({ path }) => origin.regionOf({ path, part: 'key' })?.file))
  const [file] = files
  if (file === undefined || files.size !== 1) return undefined
  const own: Edit[] = []
  for (const edit of edits) {
    const path = origin.inDocument === undefined ? edit.path : origin.inDocument(edit.path)
    if (path === undefined) return undefined
    own.push({ ...edit, path })
  }
  return { file, safe, edits: own }
}

/** The file that fixes are being tried on; findings come file by file. */
class Bench {
  readonly #loaded: LoadedAll
  #file: string | undefined
  #source: SourceText | undefined
  #fixable: Fixable | undefined
  #host: ForeignHost | undefined
  #machine: Machine | undefined

  constructor(loaded: LoadedAll) {
    this.#loaded = loaded
  }

  textFix({ title, safe }: Fix, { file, edits, host }: Offer): TextFix | undefined {
    if (host !== undefined) return this.#nativeFix(title, safe, edits, host)
    if (this.#file !== file) {
      this.#file = file
      this.#source = this.#loaded.texts.get(file)
      this.#fixable = this.#source && fixable(this.#source)
    }
    const source = this.#source
    const changes = this.#fixable?.changes(edits)
    if (source === undefined || changes === undefined) return undefined
    return {
      title,
      safe,
      replacements: changes.map(({ start, end, text }) => ({ region: source.regionOf(start, end), text })),
    }
  }

  #nativeFix(title: string, safe: boolean, edits: readonly Edit[], host: ForeignHost): TextFix | undefined {
    if (this.#host !== host) {
      this.#host = host
      this.#machine = machineOf(host, file => this.#loaded.texts.get(file))
    }
    const machine = this.#machine
    const changes = machine && nativeChanges(machine, edits)
    if (machine === undefined || changes === undefined) return undefined
    const replacements = machine.sources.flatMap(source =>
      (changes.get(source.file) ?? []).map(({ start, end, text }) => ({
        region: source.regionOf(start, end),
        text,
      })),
    )
    return { title, safe, replacements }
  }
}

/** A host with its texts; undefined where one of them is not there any more. */
export function machineOf(
  { name, target, files }: ForeignHost,
  textOf: (file: string) => SourceText | undefined,
): Machine | undefined {
  const sources = files.flatMap(file => textOf(file) ?? [])
  return sources.length < files.length ? undefined : { name, target, sources }
}

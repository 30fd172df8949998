// How scripts speak to the bonding driver without ip: by files of sysfs, and by the parameters of its module.

/** The bond and the option that a file below /sys is of; undefined for another file. */
export function bondingFile(path: string): { readonly bond: string; readonly option: string } | undefined {
  const [, bond, option] = /^\/sys\/class\/net\/([^/]+)\/bonding\/([a-z0-9_]+)$/.exec(path) ?? []
  return bond === undefined || option === undefined ? undefined : { bond, option }
}

/** As many bonds as are made of one command; hostile numbers would take all the room there is. */
const mostBonds = 64

/** What `modprobe bonding NAME=VALUE...` makes. */
export interface ModuleLoad<W> {
  readonly bonds: readonly string[]
  /** Each with the word that says it. */
  readonly options: readonly { readonly name: string; readonly value: string; readonly word: W }[]
  readonly module: W
}

/**
 * The driver makes one bond, or max_bonds of them, and they have these options (bonding.rst, "Bonding Driver Options");
 * undefined for another module. `words`: what follows `modprobe`.
 */
export function moduleLoad<W extends { readonly text: string }>(
  words: readonly W[],
): ModuleLoad<W> | undefined {
  const [module, ...parameters] = words.filter(({ text }) => !text.startsWith('-'))
  if (module?.text !== 'bonding') return undefined
  const said = parameters.map(word => {
    const sign = word.text.indexOf('=')
    const end = sign < 0 ? word.text.length : sign
    return { name: word.text.slice(0, end), value: word.text.slice(end + 1), word }
  })
  const count = Number(said.find(({ name }) => name === 'max_bonds')?.value ?? 1) || 0
  return {
    bonds: Array.from({ length: Math.min(count, mostBonds) }, (_, at) => `bond${at}`),
    options: said.filter(({ name }) => name !== 'max_bonds'),
    module,
  }
}

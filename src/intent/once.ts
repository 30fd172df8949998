// What is asked again and again of the same thing, and never changes with it, is worked out once. The answer lives as long
// as what it was asked of.

/** As `make`, but for the same key the same answer. For pure functions whose answers nobody changes. */
export function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>()
  return key => {
    let value = known.get(key)
    if (value === undefined) {
      value = make(key)
      known.set(key, value)
    }
    return value
  }
}

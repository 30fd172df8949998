// How much work something is, for tests that tell a linear walk from a quadratic one. Speed itself is measured by
// `npm run bench`.

/** What this process has used of processors so far, in ms; other programs on the machine do not count. */
export function effortMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

// What a foreign file is: recognised by where it lies, then by what it says. One row a target; the first that fits wins,
// a path before a content.

export interface Claim {
  readonly target: string
  readonly path: RegExp
  /** Says so by its content alone; absent where content decides nothing. */
  readonly content?: RegExp
}

export const claims: readonly Claim[] = [
  { target: 'networkd', path: /\.(?:netdev|network|link)$/, content: /^\[NetDev\]\s*$/m },
  { target: 'networkmanager', path: /\.nmconnection$/, content: /^\[connection\]\s*$/m },
  {
    target: 'netplan',
    path: /(?:^|\/)netplan\/[^/]+\.ya?ml$/,
    content: /^network:\s*(?:#.*)?\n(?:\s.*\n|\s*\n)*?\s+(?:bonds|ethernets):/m,
  },
  {
    target: 'ifupdown',
    path: /(?:^|\/)interfaces(?:\.d\/[^/]+)?$/,
    content: /^\s*(?:iface\s+\S+\s+inet6?\s|allow-hotplug\s)/m,
  },
]

/** The target whose file this is; undefined where it is none that is known. */
export function claimOf(path: string, text: string): string | undefined {
  const byPath = claims.find(claim => claim.path.test(path))
  return (byPath ?? claims.find(({ content }) => content?.test(text)))?.target
}

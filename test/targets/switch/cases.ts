// One entry for each platform: what its tests need to know beyond its table. A new platform adds one.

export interface SwitchCase {
  readonly id: string
  /** The two ports of the complete example in the reference. */
  readonly example: readonly [string, string]
  /** Four more ports of that platform, in order, for goldens. */
  readonly ports: readonly [string, string, string, string, string, string]
  /** What the example's intent says beside the common one, as YAML flow: options of the switch and of LAG 10. */
  readonly says?: { readonly switch?: string; readonly lag?: string }
  /** Statements in which output and example differ, as they stand after normalising, and why. */
  readonly differs?: readonly { readonly theirs?: RegExp; readonly ours?: RegExp; readonly because: string }[]
  /** Text to comparable statements, where the dialect's own are not. */
  readonly statements?: (text: string) => readonly string[]
  /** Whether its running configuration is read back. */
  readonly reads: boolean
}

export const switchCases: readonly SwitchCase[] = [
  {
    id: 'aruba-aos-s',
    example: ['1', '2'],
    ports: ['1', '2', '3', '4', '5', '6'],
    reads: true,
  },
  {
    id: 'cisco-ios',
    example: ['Te1/0/1', 'Te1/0/2'],
    ports: ['Gi1/0/1', 'Gi1/0/2', 'Gi1/0/3', 'Gi1/0/4', 'Gi1/0/5', 'Gi1/0/6'],
    says: { lag: 'system-priority: 32768' },
    reads: true,
  },
  {
    id: 'juniper-junos',
    example: ['xe-0/0/0', 'xe-0/0/1'],
    ports: ['ge-0/0/0', 'ge-0/0/1', 'ge-0/0/2', 'ge-0/0/3', 'ge-0/0/4', 'ge-0/0/5'],
    reads: true,
  },
]

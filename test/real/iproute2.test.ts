// The script of ip commands on a real kernel: hosts of every shape are brought up, the second run changes nothing, and the
// tear-down, twice as well, leaves nothing behind. What the driver then holds of every option is kernel-more.test.ts.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import type { Host } from '../../src/intent/intent.ts'
import { iproute2 } from '../../src/targets/host/iproute2.ts'
import { renderHost, renderRemoval } from '../../src/targets/write.ts'
import { type RigCase, type RigFile, type RigOutcome, runCases } from '../rig/cases.ts'
import { usualKernel } from '../rig/kernels.ts'
import { versionHere } from '../rig/targets.ts'
import { anyHost } from '../support/intents.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? 1)
const amount = Number(process.env.BONDPLAN_HOSTS ?? 12)
const version = await versionHere(iproute2)
const newest = await usualKernel()

/**
 * Everything that a run could have changed, without what time alone changes: states, timers, counters, and the addresses
 * that the kernel finds by itself.
 */
const look = (into: string): RigFile => ({
  path: `run/${into}.sh`,
  content: `set -eu
printf 'link show\naddress show\nroute show table all\n' > /tmp/batch
{ ip -d -o -batch /tmp/batch; bridge -o vlan; } |
  sed -E -e 's/_timer +[0-9.]+//g' -e 's/<[^>]*>//' -e 's/ (qdisc|state) [^ ]+//g' -e 's/ tentative//' \\
    -e 's/ (linkdown|dead)//g' -e 's/ \\S*churn_state \\S+//g' -e 's/ ad_\\S+ \\S+//g' -e 's/ mii_status \\S+//' \\
    -e 's/ link_failure_count [0-9]+//' -e 's/ active_slave \\S+//' |
  grep -Ev 'proto kernel|fe80::|^(multicast|local|anycast|broadcast) ' > /tmp/${into}
`,
})

const same = (a: string, b: string): RigFile => ({
  path: `run/${a}-${b}.sh`,
  content: `diff -u /tmp/${a} /tmp/${b}\n`,
})

const filesOf = (host: Host): readonly RigFile[] => {
  const [up] = renderHost(host, iproute2, templates, version).files
  const [down] = renderRemoval(host, iproute2, templates, version)
  if (up === undefined || down === undefined) throw new Error('there is a script and its tear-down')
  const script = (path: string, { content }: { readonly content: string }) => ({ path, content })
  return [
    wide(host),
    script('run/up-1.sh', up),
    look('first'),
    script('run/up-2.sh', up),
    look('second'),
    same('first', 'second'),
    script('run/down-1.sh', down),
    script('run/down-2.sh', down),
  ]
}

/** The newest kernel does not take use_carrier 0 any more, of which the ip of Debian 12 does not know. */
const taken = ({ bonds }: Host): boolean => bonds.every(({ options }) => options['use-carrier'] !== 'off')

/** What somebody has told the ports before: a VLAN's MTU may be above what is usual. */
const wide = ({ ports }: Host): RigFile => ({
  path: 'run/wide.sh',
  content: ports
    .filter(({ options }) => options.mtu === undefined)
    .map(({ name }) => `ip link set dev '${name}' mtu 65535\n`)
    .join(''),
})

describe(`hosts of every shape (seed ${seed})`, () => {
  const hosts = fc.sample(anyHost.filter(taken), { seed, numRuns: amount })
  let outcomes: readonly RigOutcome[] = []

  beforeAll(async () => {
    outcomes = await runCases(
      hosts.map(
        (host, at): RigCase => ({
          id: `host ${at}`,
          target: 'iproute2',
          files: filesOf(host),
          bonds: [],
          ports: host.ports.map(({ name }) => name),
          partners: [{ kind: 'none' }],
          settleMs: 100,
        }),
      ),
      { kernel: newest },
    )
  })

  test.each(hosts.map((host, at) => ({ at, host })))('host $at', ({ at, host }) => {
    const outcome = outcomes[at]
    const [up] = renderHost(host, iproute2, templates, version).files
    expect(outcome?.error).toBeUndefined()
    expect(outcome?.exit, `${outcome?.log}\n${up?.content}`).toBe(0)
    const left = ((outcome?.links ?? []) as readonly { readonly ifname: string }[]).map(
      ({ ifname }) => ifname,
    )
    expect(left.toSorted()).toEqual(['lo', ...host.ports.map(({ name }) => name)].toSorted())
  })
})

// What a host will have when its files are in force, for whoever puts them there and looks afterwards: the devices that
// are made, what the driver holds of each bond, and how the target's files are taken by a running host.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { settle } from '../intent/effective.ts'
import { type Holds, holds } from '../intent/holds.ts'
import { devicesOf, type Host } from '../intent/intent.ts'
import type { DeviceSubject, Mode } from '../options/index.ts'
import { appliedBy, type Deployment, type Target } from './target.ts'
import { mark } from './write.ts'

export interface ExpectedHost {
  readonly node: string
  readonly target: string
  /** Those that do not exist before the files are taken: bonds, VLANs and bridges, in the order of their making. */
  readonly devices: readonly { readonly name: string; readonly subject: DeviceSubject }[]
  readonly bonds: readonly {
    readonly name: string
    readonly mode: Mode
    readonly members: readonly string[]
    readonly holds: Holds
  }[]
}

export interface ExpectedDeployment extends Deployment {
  /**
   * Whether a device that is there already keeps options that it has, so that a bond, a VLAN or a bridge has to be deleted
   * before the files that define it anew are taken.
   */
  readonly keepsDevices: boolean
}

export interface ExpectedTarget {
  /** Patterns below the root that match every file that the target may write. */
  readonly files: readonly string[]
  /** What every such file begins with; others were written by somebody else. */
  readonly mark: string
  readonly deployment: ExpectedDeployment | null
}

export interface Expected {
  readonly hosts: readonly ExpectedHost[]
  readonly targets: Readonly<Record<string, ExpectedTarget>>
}

/** Gathers what is expected, host by host. */
export class Expectations {
  readonly #hosts: ExpectedHost[] = []
  readonly #targets = new Map<string, ExpectedTarget>()

  /** `lost`: what the target could not write of this host. */
  add(host: Host, target: Target, lost: readonly Diagnostic[]): void {
    this.#hosts.push(expectedHost(host, target, lost))
    if (!this.#targets.has(target.id)) this.#targets.set(target.id, expectedTarget(target))
  }

  all(): Expected {
    return { hosts: this.#hosts, targets: Object.fromEntries(this.#targets) }
  }
}

function expectedHost(host: Host, target: Target, lost: readonly Diagnostic[]): ExpectedHost {
  return {
    node: host.name,
    target: target.id,
    devices: devicesOf(host)
      .filter(({ subject }) => subject !== 'port')
      .map(({ name, subject }) => ({ name, subject })),
    bonds: host.bonds.map(bond => ({
      name: bond.name,
      mode: settle(bond.options).mode,
      members: bond.options.members ?? [],
      holds: holds(bond, lost),
    })),
  }
}

const expectedTarget = (target: Target): ExpectedTarget => ({
  files: target.files.map(({ path }) => path.replace('{device}', '*')),
  mark,
  deployment:
    target.deployment === undefined
      ? null
      : { ...target.deployment, keepsDevices: appliedBy(target)?.bond !== 'anew' },
})

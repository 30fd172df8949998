// The playbook of the tests: the role, and what it was told of the change, kept beside the playbook.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const playbook = JSON.stringify([
  {
    hosts: 'all',
    gather_facts: false,
    roles: ['bondplan.bonding.bond'],
    post_tasks: [
      {
        'ansible.builtin.copy': {
          content: '{{ bond_change | to_json }}',
          dest: '{{ playbook_dir }}/{{ inventory_hostname }}.{{ what }}',
          mode: '0600',
        },
        delegate_to: 'localhost',
        vars: { ansible_connection: 'local' },
        // What the test keeps for itself is no change.
        changed_when: false,
        check_mode: false,
        diff: false,
      },
    ],
  },
])

/** The answer of bondplan_config for a host in the run that was called `what`. */
export interface Change {
  readonly changed: boolean
  readonly before: Readonly<Record<string, string | null>>
  readonly after: Readonly<Record<string, string | null>>
  readonly diff: unknown
  /** Null where nothing was put in force. */
  readonly change: string | null
}

export const changeOf = (folder: string, host: string, what: string): Change =>
  JSON.parse(readFileSync(join(folder, `${host}.${what}`), 'utf8'))

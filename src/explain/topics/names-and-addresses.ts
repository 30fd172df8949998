import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'names-and-addresses',
  title: 'Which MAC address has a bond, and how are its members found?',
  answer: `The bond takes the address of its first member and gives it to all of them, unless mac or fail-over-mac says
otherwise. Members go by their names, so the names must stay what they are.`,
  why: [
    `An address is learned by switches and kept by neighbours, in reservations and in licences. A bond whose first member
changes has another one after the next start; mac: says it once and for all.`,
    `fail-over-mac: active gives the bond the address of whichever member is active, and leaves each member its own. It is for
hardware that cannot change its address, and cannot be had together with mac:.`,
    `An address of one's own has the second bit of its first byte set (the second digit is 2, 6, A or E): it then cannot be
that of a device that somebody has made.`,
    `Two hosts with one address, or two bonds with one LACP system id on one switch, are one machine to the network.`,
  ],
  examples: [
    {
      shows: 'the address of a group',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    members: [eth0, eth1]
    mac: "01:00:5e:00:00:01"
#        ^^^^^^^^^^^^^^^^^^^ 01:00:5e:00:00:01 is a multicast address
`,
    },
    {
      shows: 'an address of its own',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    members: [enp1s0f0, enp2s0f0]
    mac: "02:00:5e:00:00:01"
`,
    },
  ],
  instead: [
    'mac: with a local address where the address matters; nothing where it does not.',
    'Names that follow the slot or the address (enp1s0f0), not the order in which the kernel found the cards.',
  ],
  advice: [
    {
      id: 'unstable-member-names',
      says: `Where the kernel names cards in the order in which it finds them, eth0 and eth1 can change places with a new card or a
new kernel, and the wrong port joins the bond. Names by slot or address do not.`,
      because: 'eth0 is a good name wherever it is kept, and an intent does not say where it comes from',
      source: 'systemd.net-naming-scheme(7)',
    },
    {
      id: 'ad-actor-system-not-local',
      says: `A system id that was made up should have the local bit, as any made-up address: otherwise a device somewhere has
it too.`,
      because: 'an address that was copied on purpose looks like one that was made up',
      source: 'linux Documentation/networking/bonding.rst, ad_actor_system',
    },
    {
      id: 'mac-universal-invented',
      says: `An address without the local bit belongs to whoever made the device that has it. Made up, it may meet its owner.`,
      because: 'an address that was copied on purpose looks like one that was made up',
      source: 'IEEE 802, clause 8: universal and local addresses',
    },
  ],
  see: [
    'mac',
    'fail-over-mac',
    'ad-actor-system',
    'mac-multicast-or-zero',
    'mac-equals-unrelated-member',
    'fail-over-mac-active-with-mac',
    'duplicate-mac',
    'duplicate-system-id',
  ],
  sources: [
    'linux drivers/net/bonding/bond_main.c, bond_enslave() and bond_set_mac_address()',
    'IEEE 802, clause 8',
  ],
}

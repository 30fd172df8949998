import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'failover',
  title: 'What happens when a link dies, and when it comes back?',
  answer: `The member is taken out as soon as its death is noticed, and what it carried moves to the others, in the same
moment. When it returns it waits for updelay, and the flows move again.`,
  why: [
    `Nothing of what is already under way on the dead link arrives; TCP sends it again, and notices a pause of a few tenths
of a second at miimon 100. What the switch sends to the dead port is lost until the switch notices as well.`,
    `In active-backup the bond tells its switches and neighbours with gratuitous ARP and unsolicited neighbour
advertisements (num-grat-arp of them) that its address has moved. In 802.3ad and balance-xor nothing has to be told, for the
address stays on the group.`,
    `primary decides who carries when several can. With primary-reselect: always, the driver's own choice, a primary that
returns takes over at once, which is a second interruption; better leaves a faster one alone, failure leaves any that works.`,
    `updelay keeps a link out that comes and goes, or a switch port that has carrier and does not forward yet. It is passed
over when no other member works.`,
  ],
  examples: [
    {
      shows: 'updelay that is no multiple of miimon',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    updelay: 250
#            ^^^ 200 ms
    members: [eth0, eth1]
`,
    },
    {
      shows: 'a primary that takes over only when the other fails',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    updelay: 5000
    primary: eth0
    primary-reselect: failure
    members: [eth0, eth1]
`,
    },
  ],
  instead: [
    'miimon: 100, and an updelay as long as the switch needs to forward: 30 s with classic spanning tree, nothing with edge ports.',
    'primary-reselect: failure where two interruptions are one too many.',
    'bondplan predict shows what is left when any link, or any switch, is gone.',
  ],
  advice: [
    {
      id: 'capacity-after-one-failure',
      says: `A bond that is full is too small by one link on the day one dies. Where the rate must outlive a failure, plan it for
one member less, or set min-links so that the bond goes down and routing moves on.`,
      because: 'an intent does not say that a rate is to outlive a failure; predict shows what is left',
      source: 'linux Documentation/networking/bonding.rst, min_links',
    },
  ],
  see: [
    'detection-time',
    'changing-a-bond',
    'updelay',
    'primary-reselect',
    'num-grat-arp',
    'delays-not-multiple',
    'updelay-shorter-than-stp',
    'no-primary-with-unequal-members',
  ],
  sources: [
    'linux drivers/net/bonding/bond_main.c, bond_change_active_slave() and bond_miimon_commit()',
    'linux Documentation/networking/bonding.rst, primary_reselect, updelay, num_grat_arp',
  ],
}

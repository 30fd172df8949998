// What the bonding driver says in the kernel's log, of which only what stands nowhere else is read.

import type { Format } from './format.ts'

/** How a line of the driver begins, in `dmesg`, `journalctl -k` and older kernels' own words. */
export const kernelLog: Format = {
  platform: 'linux',
  command: 'dmesg',
  kind: 'host',
  named: true,
  begins: [
    /^\[ *\d+\.\d{6}\](?: |$)/,
    /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ kernel: /,
    /^\d{4}-\d\d-\d\dT\S+ \S+ kernel: /,
    /\bbond\S*: .*(?:An illegal loopback occurred|No 802\.3ad response)/,
  ],
  continuous: true,
  rows: [
    {
      line: /^.*?(?<bundle>[\w.-]{1,15}): (?:\(slave (?<member>[\w.-]{1,15})\): )?An illegal loopback occurred on.*$/,
      event: 'loopback',
    },
    {
      line: /^.*?(?<bundle>[\w.-]{1,15}): Warning: No 802\.3ad response from the link partner.*$/,
      event: 'no-response',
    },
  ],
  passes: [/.*/],
  source: 'linux drivers/net/bonding/bond_3ad.c, ad_rx_machine() and bond_3ad_state_machine_handler()',
}

// Who is at the other end, as lldpd has heard it.

import type { Format } from './format.ts'

const keyvalue: Format = {
  platform: 'linux',
  command: 'lldpctl -f keyvalue',
  kind: 'host',
  named: true,
  begins: [/^lldp\.[\w.-]{1,15}\.(?:via|rid|age|chassis|port)\b/],
  continuous: true,
  last: true,
  rows: [
    { line: /^lldp\.(?<port>[\w.-]{1,15}?)\.chassis\.name=(?<m_neighbour>.+)$/ },
    { line: /^lldp\.(?<port>[\w.-]{1,15}?)\.port\.ifname=(?<m_neighbourPort>.+)$/ },
  ],
  passes: [/^lldp\./],
  source: 'lldpd, lldpcli(8), output format keyvalue; outputs in public repositories',
}

export const lldp: readonly Format[] = [keyvalue]

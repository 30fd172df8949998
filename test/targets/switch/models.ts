// What SONiC's tables and OpenConfig's trees hold of LAGs, as strict schemas of our own: what is not named here is refused, so
// a misspelt word fails a test. Facts from sonic-buildimage, src/sonic-yang-models (sonic-port, sonic-portchannel, sonic-vlan,
// sonic-hash) and openconfig/public, release/models (interfaces, if-ethernet, if-aggregate, vlan, lacp); from openconfig/gnmi
// (gnmi.proto) the request that takes back. What a schema cannot say (references between tables) is in `complaints`.
//
// The models themselves stand in no package, so they are asked by hand: yanglint 2.1.30 (libyang-tools) took every golden file
// of both on 2026-11-28, by openconfig/public 94f58962 and sonic-buildimage 086b03bd, and refused spoiled ones. SONiC's rows were
// brought into the shape of its models first, with the speed and the lanes that each port has on the switch.

type Schema = Readonly<Record<string, unknown>>

const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

/** Rows by key. */
const table = (key: string, row: Schema): Schema => ({
  type: 'object',
  patternProperties: { [key]: row },
  additionalProperties: false,
  minProperties: 1,
})

const text = (pattern: string): Schema => ({ type: 'string', pattern })
const description: Schema = { type: 'string', minLength: 1, maxLength: 255 }
const oneOf = (...values: readonly unknown[]): Schema => ({ enum: values })

/** Numbers are texts in these tables; the range is that of the model. */
const digits = (min: number, max: number): Schema => ({
  type: 'string',
  pattern: '^[1-9][0-9]*$',
  'x-range': [min, max],
})

const port = 'Ethernet[0-9]{1,4}'
const bundle = 'PortChannel[0-9]{1,4}'
const vlan = 'Vlan(?:[2-9]|[1-9][0-9]{1,2}|[1-3][0-9]{3}|40[0-8][0-9]|409[0-4])'
const sonicMtu = digits(68, 9216)
const switchMode = oneOf('routed', 'access', 'trunk')

export const sonicSchema: Schema = object(
  {
    PORT: table(
      `^${port}$`,
      object({ admin_status: oneOf('up', 'down'), description, mtu: sonicMtu, mode: switchMode }, [
        'admin_status',
      ]),
    ),
    PORTCHANNEL: table(
      `^${bundle}$`,
      object(
        {
          admin_status: oneOf('up', 'down'),
          description,
          mtu: sonicMtu,
          min_links: digits(1, 1024),
          lacp_key: { anyOf: [oneOf('auto'), digits(1, 65535)] },
          fast_rate: oneOf('true', 'false'),
          fallback: oneOf('true', 'false'),
          mode: switchMode,
        },
        ['admin_status'],
      ),
    ),
    PORTCHANNEL_MEMBER: table(`^${bundle}\\|${port}$`, object({})),
    VLAN: table(`^${vlan}$`, object({ vlanid: digits(2, 4094) }, ['vlanid'])),
    VLAN_MEMBER: table(
      `^${vlan}\\|(?:${bundle}|${port})$`,
      object({ tagging_mode: oneOf('tagged', 'untagged') }, ['tagging_mode']),
    ),
    SWITCH_HASH: object(
      {
        GLOBAL: object(
          {
            lag_hash: {
              type: 'array',
              minItems: 1,
              uniqueItems: true,
              items: oneOf(
                'IN_PORT',
                'DST_MAC',
                'SRC_MAC',
                'ETHERTYPE',
                'VLAN_ID',
                'IP_PROTOCOL',
                'DST_IP',
                'SRC_IP',
                'L4_DST_PORT',
                'L4_SRC_PORT',
              ),
            },
          },
          ['lag_hash'],
        ),
      },
      ['GLOBAL'],
    ),
  },
  ['PORT'],
)

type Row = Readonly<Record<string, string>>
type Tables = Readonly<Record<string, Readonly<Record<string, Row>> | undefined>>

/** What the models say between tables: references, equal MTUs, a port in one place. */
export function sonicComplaints(tables: Tables): readonly string[] {
  const { PORT = {}, PORTCHANNEL = {}, PORTCHANNEL_MEMBER = {}, VLAN = {}, VLAN_MEMBER = {} } = tables
  const members = Object.keys(PORTCHANNEL_MEMBER).map(key => key.split('|'))
  const rows = Object.entries(VLAN_MEMBER).map(([key, row]) => ({ of: key.split('|'), row }))
  const found: string[] = []
  for (const [lag = '', member = ''] of members) {
    if (PORTCHANNEL[lag] === undefined) found.push(`${lag} is not there`)
    if (PORT[member] === undefined) found.push(`${member} is not there`)
    if (PORT[member]?.mtu !== undefined && PORT[member]?.mtu !== PORTCHANNEL[lag]?.mtu)
      found.push(`${member} has another MTU than ${lag}`)
    if (rows.some(({ of }) => of[1] === member)) found.push(`${member} is in a VLAN and in ${lag}`)
  }
  for (const [name, row] of Object.entries(VLAN))
    if (name !== `Vlan${row.vlanid}`) found.push(`${name} is ${row.vlanid}`)
  for (const {
    of: [name = '', link = ''],
  } of rows) {
    if (VLAN[name] === undefined) found.push(`${name} is not there`)
    if (PORT[link] === undefined && PORTCHANNEL[link] === undefined) found.push(`${link} is not there`)
    const untagged = rows.filter(({ of, row }) => of[1] === link && row.tagging_mode === 'untagged')
    if (untagged.length > 1) found.push(`${link} is untagged twice`)
  }
  return found
}

const name: Schema = { type: 'string', minLength: 1 }
const number = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum })
const id = number(1, 4094)
const list = (items: Schema): Schema => ({ type: 'array', items, minItems: 1 })

const switchedVlan = object(
  {
    config: {
      oneOf: [
        object({ 'interface-mode': oneOf('ACCESS'), 'access-vlan': id }, ['interface-mode', 'access-vlan']),
        object(
          {
            'interface-mode': oneOf('TRUNK'),
            'native-vlan': id,
            'trunk-vlans': list({ anyOf: [id, text('^[1-9][0-9]{0,3}\\.\\.[1-9][0-9]{0,3}$')] }),
          },
          ['interface-mode', 'trunk-vlans'],
        ),
      ],
    },
  },
  ['config'],
)

const interfaceConfig = (type: string): Schema =>
  object(
    { name, type: oneOf(type), enabled: { type: 'boolean' }, description: name, mtu: number(0, 65535) },
    ['name', 'type'],
  )

export const openconfigSchema: Schema = object(
  {
    'openconfig-interfaces:interfaces': object(
      {
        interface: list({
          oneOf: [
            object(
              {
                name,
                config: interfaceConfig('iana-if-type:ieee8023adLag'),
                'openconfig-if-aggregate:aggregation': object(
                  {
                    config: object({ 'lag-type': oneOf('LACP', 'STATIC'), 'min-links': number(0, 65535) }, [
                      'lag-type',
                    ]),
                    'openconfig-vlan:switched-vlan': switchedVlan,
                  },
                  ['config', 'openconfig-vlan:switched-vlan'],
                ),
              },
              ['name', 'config', 'openconfig-if-aggregate:aggregation'],
            ),
            object(
              {
                name,
                config: interfaceConfig('iana-if-type:ethernetCsmacd'),
                'openconfig-if-ethernet:ethernet': object({
                  config: object({ 'openconfig-if-aggregate:aggregate-id': name }),
                  'openconfig-vlan:switched-vlan': switchedVlan,
                }),
              },
              ['name', 'config', 'openconfig-if-ethernet:ethernet'],
            ),
          ],
        }),
      },
      ['interface'],
    ),
    'openconfig-lacp:lacp': object(
      {
        interfaces: object(
          {
            interface: list(
              object(
                {
                  name,
                  config: object(
                    {
                      name,
                      interval: oneOf('FAST', 'SLOW'),
                      'lacp-mode': oneOf('ACTIVE', 'PASSIVE'),
                      'system-priority': number(0, 65535),
                      fallback: { type: 'boolean' },
                    },
                    ['name'],
                  ),
                  members: object({
                    member: list(
                      object(
                        {
                          interface: name,
                          config: object({ interface: name, 'port-priority': number(0, 65535) }, [
                            'interface',
                          ]),
                        },
                        ['interface', 'config'],
                      ),
                    ),
                  }),
                },
                ['name', 'config'],
              ),
            ),
          },
          ['interface'],
        ),
      },
      ['interfaces'],
    ),
  },
  ['openconfig-interfaces:interfaces'],
)

/** gnmi.SetRequest as JSON: paths to delete, whose steps are those of the trees above. */
export const gnmiDeleteSchema: Schema = object(
  {
    delete: list(
      object(
        {
          elem: list(
            object(
              {
                name: oneOf(
                  'interfaces',
                  'interface',
                  'config',
                  'description',
                  'mtu',
                  'ethernet',
                  'aggregate-id',
                  'switched-vlan',
                  'lacp',
                ),
                key: object({ name }, ['name']),
              },
              ['name'],
            ),
          ),
        },
        ['elem'],
      ),
    ),
  },
  ['delete'],
)

interface Entry {
  readonly name: string
  readonly config: { readonly name: string }
  readonly 'openconfig-if-ethernet:ethernet'?: {
    readonly config?: { readonly 'openconfig-if-aggregate:aggregate-id': string }
  }
}

export interface OpenconfigTree {
  readonly 'openconfig-interfaces:interfaces': { readonly interface: readonly Entry[] }
  readonly 'openconfig-lacp:lacp'?: { readonly interfaces: { readonly interface: readonly Entry[] } }
}

/** Keys of lists are those of their config, no two alike, and references meet what is there. */
export function openconfigComplaints(tree: OpenconfigTree): readonly string[] {
  const entries = tree['openconfig-interfaces:interfaces'].interface
  const lacp = tree['openconfig-lacp:lacp']?.interfaces.interface ?? []
  const names = new Set(entries.map(entry => entry.name))
  const aggregates = entries.flatMap(
    entry => entry['openconfig-if-ethernet:ethernet']?.config?.['openconfig-if-aggregate:aggregate-id'] ?? [],
  )
  return [
    ...[...entries, ...lacp]
      .filter(entry => entry.name !== entry.config.name)
      .map(entry => `${entry.name} is called otherwise`),
    ...(names.size === entries.length ? [] : ['a name stands twice']),
    ...[...aggregates, ...lacp.map(entry => entry.name)]
      .filter(one => !names.has(one))
      .map(one => `${one} is not there`),
  ]
}

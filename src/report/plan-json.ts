// A plan as data, for programs. The keys are a promise.

import type { HostPlan, Order, Plan, Stop } from '../plan/index.ts'
import { jsonText } from './escape.ts'
import { holds } from './plan-words.ts'

const stopData = ({ only, grade, carrying, upAfterMs, why }: Stop) => ({
  only: only ?? null,
  grade,
  carrying,
  upAfterMs: upAfterMs ?? null,
  why,
})

const orderData = (order: Order) => ({
  holds: holds(order),
  worst: order.worst,
  steps: order.steps.map(({ stop, ...step }) => ({ ...step, after: stopData(stop) })),
})

const hostData = ({ name, kind, devices, cables, applying, bonds, cautions }: HostPlan) => ({
  name,
  change: kind,
  devices: devices.map(device => ({
    subject: device.subject,
    name: device.name,
    change: device.kind,
    needs: device.needs,
    options: device.options.map(({ id, from, to, needs, acts }) => ({
      id,
      from: from ?? null,
      to: to ?? null,
      needs,
      acts,
    })),
  })),
  cables: cables.map(({ port, from, to }) => ({ port, from: from ?? null, to: to ?? null })),
  applying: applying.map(({ target, by }) => ({
    target,
    command: by?.command ?? null,
    bond: by?.bond ?? null,
    because: by?.because ?? null,
  })),
  bonds: bonds.map(({ name: bond, needs, goes, outMs, like, order }) => ({
    name: bond,
    needs,
    goes,
    outMs: outMs ?? null,
    like: like ?? null,
    order: like === undefined ? orderData(order) : null,
  })),
  cautions,
})

/** What `plan --format json` prints. */
export const planJson = ({ hosts, switches, same }: Plan): string =>
  jsonText({
    hosts: hosts.map(hostData),
    switches: switches.map(({ name, kind, platform, options, lags }) => ({
      name,
      change: kind,
      platform,
      options: options.map(({ id, from, to }) => ({ id, from: from ?? null, to: to ?? null })),
      lags: lags.map(lag => ({
        number: lag.number,
        change: lag.kind,
        bond: (lag.new ?? lag.old)?.bond ?? null,
        options: lag.options.map(({ id, from, to }) => ({ id, from: from ?? null, to: to ?? null })),
      })),
    })),
    same,
  })

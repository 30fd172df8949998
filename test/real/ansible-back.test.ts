// A change of the network that a host goes back from by itself: ifupdown and a watchdog, as on a host without systemd, on
// this machine's kernel. The network that is changed is the only way to the host.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { type Site, withNamespaces } from './ansible/far.ts'
import { type Change, changeOf, playbook } from './ansible/playbook.ts'

const installed =
  'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n    address 192.0.2.11/24\n'
const intentOf = (...addresses: readonly string[]) =>
  JSON.stringify({ hosts: { web1: { target: 'ifupdown', ports: { eth0: { addresses } } } } })

let bundle: Bundle
const seen: Record<string, { out: string; file: string; addresses: string }> = {}
const changes: Record<string, Change> = {}

async function life(far: Site): Promise<void> {
  const put = (name: string, text: string) => writeFile(join(far.folder, name), text)
  await put('play.yml', playbook)
  await put(
    'inventory',
    'web1 ansible_connection=far ansible_host=192.0.2.11 ansible_python_interpreter=/usr/bin/python3\n',
  )
  await put('good.json', intentOf('192.0.2.11/24', '192.0.2.12/24'))
  await put('cut.json', intentOf('192.0.2.99/24'))
  const look = async () => ({
    file: (await far.console('web1', 'cat /etc/network/interfaces')).out,
    addresses: (await far.console('web1', 'ip -4 -o address show dev eth0')).out,
  })
  const run = (what: string, intent: string, words = '', more: object = {}) => {
    const vars = JSON.stringify({ bond_intent: [intent], bond_force: true, what, ...more })
    return far.run(`ansible-playbook -i inventory --diff ${words} -e '${vars}' play.yml`)
  }
  for (const [what, words] of [
    ['checked', '--check'],
    ['done', ''],
  ] as const) {
    const { out } = await run(what, 'good.json', words)
    seen[what] = { out, ...(await look()) }
    changes[what] = changeOf(far.folder, 'web1', what)
  }
  const cut = await run('cut', 'cut.json', '', { bond_timeout: 15 })
  await far.until('web1', '! test -e /var/lib/bondplan/change.json')
  await far.until('web1', 'ip -4 -o address show | grep -w 192.0.2.11')
  seen.cut = { out: cut.out, ...(await look()) }

  const pending = run('pending', 'cut.json', '', { bond_timeout: 300 })
  await far.until('web1', 'test -e /var/lib/bondplan/outcome.json && test -e /var/lib/bondplan/change.json')
  seen.between = { out: '', ...(await look()) }
  const booted = await far.console('web1', powerCut)
  seen.booted = { out: booted.out, ...(await look()) }
  seen.pending = { out: (await pending).out, file: '', addresses: '' }
}

/** Every program of the change is gone, and with it all that is not on the disk; then what init does, in its order. */
const powerCut = `for p in /proc/[0-9]*; do
  [ "$(readlink $p/ns/net)" = "$(readlink /proc/self/ns/net)" ] && grep -q python $p/cmdline &&
    ! grep -q far_shell $p/cmdline && kill -9 \${p#/proc/}
done
ip address flush dev eth0
rm -rf /run/network/*
ls /etc/rcS.d | grep bondplan-recover && /etc/init.d/bondplan-recover start && ifup -a`

beforeAll(async () => {
  bundle = await bundled()
  await withNamespaces({ hosts: ['web1'], program: bundle.program }, { 'interfaces.web1': installed }, life)
})
afterAll(() => bundle.remove())

test('check mode changes nothing, and says exactly what a real run then does', () => {
  expect(seen.checked?.file, seen.checked?.out).toBe(installed)
  const { checked, done } = changes
  expect(checked?.change).toBeNull()
  expect(done?.change).toMatch(/^[0-9a-f]{12}$/)
  const { before, after, diff } = checked as Change
  expect(done).toMatchObject({ before, after, diff, changed: true })
  expect(Object.values(after)).toEqual([seen.done?.file])
})

test('a good change stays', () => {
  expect(seen.done?.out).toMatch(/web1\s+: ok=\d+\s+changed=2\s+unreachable=0\s+failed=0/)
  expect(seen.done?.addresses).toMatch(/192\.0\.2\.12/)
})

test('a change that cuts the network comes back by itself', () => {
  expect(seen.cut?.out).toMatch(/web1\s+: .*failed=1/)
  expect(seen.cut?.out).toContain('the change goes back by itself')
  expect(seen.cut?.file).toBe(seen.done?.file)
  expect(seen.cut?.addresses).toMatch(/192\.0\.2\.12/)
  expect(seen.cut?.addresses).not.toMatch(/192\.0\.2\.99/)
})

test('a boot before the change was confirmed has the old files', () => {
  expect(seen.between?.file).toContain('192.0.2.99')
  expect(seen.booted?.file, seen.booted?.out).toBe(seen.done?.file)
  expect(seen.booted?.addresses).toMatch(/192\.0\.2\.12/)
  expect(seen.pending?.out).toContain('the host was started anew before it was confirmed')
})

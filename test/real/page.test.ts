// The page and the drawing of a prediction in a real Chromium, without a network: what it shows at first, what its
// switches change, by address and by key, on a dark and on a light ground, and on paper.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(path => existsSync(path))
const example = readFileSync(new URL('../../examples/two-servers.yaml', import.meta.url), 'utf8')

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bondplan-page-'))
  for (const format of ['html', 'svg']) {
    const { out } = await run(['predict', 'net.yaml', '--format', format], { files: { 'net.yaml': example } })
    await writeFile(join(folder, `page.${format}`), out)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

let runs = 0

/** Starts the browser on a file of the folder; what it prints. Everything but files is refused to it. */
async function chromium(file: string, ...options: readonly string[]): Promise<string> {
  if (browser === undefined) throw new Error('this test needs chromium (Debian package chromium)')
  const profile = join(folder, `profile-${runs++}`)
  const argv = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    '--proxy-server=127.0.0.1:9',
    `--user-data-dir=${profile}`,
    ...options,
    `file://${join(folder, file)}`,
  ]
  const { stdout } = await promisify(execFile)(browser, argv, { timeout: 90_000, maxBuffer: 1 << 26 })
  return stdout
}

const domOf = (address: string): Promise<string> => chromium(address, '--dump-dom')

interface Picture {
  readonly width: number
  readonly height: number
  at(x: number, y: number): readonly [number, number, number]
}

/** Reads a PNG as Chromium writes it: 8 bits, RGB or RGBA, not interlaced (PNG specification, sections 9 and 11). */
function pictureOf(png: Buffer): Picture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const channels = png[25] === 6 ? 4 : 3
  expect({ bits: png[24], kind: [2, 6].includes(png[25] ?? 0), interlaced: png[28] }).toEqual({
    bits: 8,
    kind: true,
    interlaced: 0,
  })
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)] ?? 0
    for (let at = 0; at < stride; at++) {
      const left = at < channels ? 0 : (pixels[row * stride + at - channels] ?? 0)
      const up = row === 0 ? 0 : (pixels[(row - 1) * stride + at] ?? 0)
      const corner = row === 0 || at < channels ? 0 : (pixels[(row - 1) * stride + at - channels] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      pixels[row * stride + at] = (raw[row * (stride + 1) + 1 + at] ?? 0) + guess
    }
  }
  return {
    width,
    height,
    at: (x, y) => {
      const from = y * stride + x * channels
      return [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0]
    },
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** How many pixels a colour has, by its hexadecimal digits. */
function coloursOf({ width, height, at }: Picture): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const name = at(x, y)
        .map(value => value.toString(16).padStart(2, '0'))
        .join('')
      found.set(name, (found.get(name) ?? 0) + 1)
    }
  return found
}

async function screenshot(file: string, ...options: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const path = join(folder, `shot-${runs}.png`)
  await chromium(file, `--screenshot=${path}`, '--window-size=1150,1300', ...options)
  return coloursOf(pictureOf(await readFile(path)))
}

const classesIn = (dom: string): readonly string[] =>
  [...dom.matchAll(/<g class="wire ([a-z ]+)" data-link="\d+"/g)].map(([, name = '']) => name)

const answerIn = (dom: string): string => /id="answer"[^>]*>(.*?)<\/div>/s.exec(dom)?.[1] ?? ''

describe('the page', () => {
  test('answers at first for the declared traffic, and its switches are there', async () => {
    const dom = await domOf('page.html')
    expect(answerIn(dom)).toContain('about 941 Mbit/s of the hoped 2000')
    expect(dom).not.toMatch(/<form hidden/)
    const classes = classesIn(dom)
    expect(classes.filter(name => name === 'low').length).toBe(4)
    expect(classes.filter(name => name === 'half').length).toBe(2)
    expect(classes.filter(name => name === 'idle').length).toBe(6)
  })

  test('shows the other way, and puts aside what a flow does not use', async () => {
    const back = await domOf('page.html#direction=1&flow=0')
    expect(answerIn(back)).toContain('s2 to s1')
    expect(classesIn(back).filter(name => name.endsWith('aside')).length).toBe(6)
  })

  test('shows a failure with the links that are cut', async () => {
    const dom = await domOf('page.html#case=1')
    expect(classesIn(dom).filter(name => name === 'cut').length).toBe(2)
    expect(dom).toMatch(/<text[^>]*>cut<\/text>/)
  })

  test('shows a setting with the lines to change', async () => {
    const text = await readFile(join(folder, 'page.html'), 'utf8')
    const cases: readonly { group: string; label: string }[] = JSON.parse(
      /id="cases">(.*?)<\/script>/s.exec(text)?.[1] ?? '[]',
    )
    const at = cases.findIndex(one => one.group === 'setting' && one.label.includes('layer3+4'))
    const dom = await domOf(`page.html#case=${at}`)
    expect(dom).toContain('switches.sw1.load-balance: layer3+4')
    expect(classesIn(dom)).toContain('full')
  })

  test('obeys keys', async () => {
    const text = await readFile(join(folder, 'page.html'), 'utf8')
    const press =
      "for (const key of ['c', 'd']) document.dispatchEvent(new KeyboardEvent('keydown', { key }))"
    await writeFile(join(folder, 'keys.html'), text.replace('</body>', `<script>${press}</script></body>`))
    const dom = await domOf('keys.html')
    expect(classesIn(dom).filter(name => name === 'cut').length).toBe(2)
    expect(answerIn(dom)).toContain('s2 to s1')
  })

  test('is drawn, on light and on dark ground', async () => {
    const light = await screenshot('page.html')
    expect(light.get('ffffff')).toBeGreaterThan(500_000)
    // The lines' own colours: a quarter, a half; and the boxes.
    for (const colour of ['2f9e77', '20708d', 'f2f2ee'])
      expect(light.get(colour) ?? 0, colour).toBeGreaterThan(100)
    const dark = await screenshot('page.html', '--force-dark-mode', '--blink-settings=preferredColorScheme=0')
    expect(dark.get('16181c')).toBeGreaterThan(500_000)
    expect(dark.get('4fb06d') ?? 0).toBeGreaterThan(100)
  })

  test('is printed', async () => {
    const path = join(folder, 'page.pdf')
    await chromium('page.html', `--print-to-pdf=${path}`, '--no-pdf-header-footer')
    const pdf = await readFile(path)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(10_000)
  })
})

describe('the drawing', () => {
  test('stands alone', async () => {
    const colours = await screenshot('page.svg')
    for (const colour of ['2f9e77', '20708d', 'f2f2ee', '440154'])
      expect(colours.get(colour) ?? 0, colour).toBeGreaterThan(50)
  })
})

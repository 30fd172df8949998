// What a large capture costs: `hash --pcap` over 100 MB and over 1 GB of frames of many flows, time and peak memory. The
// memory of both is the same but for the table of flows. `node bench/capture.js [MEGABYTES]`, 1000 when absent.

import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = join(dirname(fileURLToPath(import.meta.url)), '../bin/bondplan.js')
const most = Number(process.argv.slice(2).find(word => /^\d+$/.test(word)) ?? 1000)
const frameBytes = 1400
const flows = 50_000

/** A pcap of full frames, flow after flow; written a block of 500 frames at a time. */
function write(path, megabytes) {
  const file = openSync(path, 'w')
  const head = Buffer.alloc(24)
  head.writeUInt32LE(0xa1b2c3d4, 0)
  head.writeUInt16LE(2, 4)
  head.writeUInt16LE(4, 6)
  head.writeUInt32LE(65535, 16)
  head.writeUInt32LE(1, 20)
  writeSync(file, head)
  const each = 16 + frameBytes
  const block = Buffer.alloc(500 * each)
  const frames = Math.floor((megabytes * 1e6) / each)
  for (let first = 0; first < frames; first += 500) {
    for (let at = 0; at < 500; at++) {
      const from = at * each
      const flow = ((first + at) * 7919) % flows
      block.writeUInt32LE(frameBytes, from + 8)
      block.writeUInt32LE(frameBytes, from + 12)
      const frame = from + 16
      block.writeUIntBE(0x525400000001, frame, 6)
      block.writeUIntBE(0x525400000002, frame + 6, 6)
      block.writeUInt16BE(0x0800, frame + 12)
      block.writeUInt8(0x45, frame + 14)
      block.writeUInt16BE(frameBytes - 14, frame + 16)
      block.writeUInt8(6, frame + 23)
      block.writeUInt32BE(0xc0000201, frame + 26)
      block.writeUInt32BE(0xc6336400 + (flow & 255), frame + 30)
      block.writeUInt16BE(1024 + (flow >> 8), frame + 34)
      block.writeUInt16BE(443, frame + 36)
    }
    writeSync(file, block, 0, Math.min(500, frames - first) * each)
  }
  closeSync(file)
}

const folder = mkdtempSync(join(tmpdir(), 'bondplan-capture-'))
try {
  const path = join(folder, 'large.pcap')
  for (const megabytes of [most / 10, most]) {
    write(path, megabytes)
    const began = process.hrtime.bigint()
    const { status, stderr } = spawnSync(
      '/usr/bin/env',
      ['time', '-f', '%M %U', process.execPath, program, 'hash', '--pcap', path, '--members', '4'],
      { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
    )
    if (status !== 0) throw new Error(stderr)
    const seconds = Number(process.hrtime.bigint() - began) / 1e9
    const [memory, user] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
    console.log(
      `capture of ${megabytes} MB, ${flows} flows          ${seconds.toFixed(1)} s (${user.toFixed(1)} s of a core), peak memory ${(memory / 1024).toFixed(0)} MB`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

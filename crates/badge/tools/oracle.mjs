#!/usr/bin/env node
// Prints badge-maker's output for random inputs, as JSON lines: what `tests/exact.rs` compares with.
//
//     npm install badge-maker@6.0.0
//     node tools/oracle.mjs COUNT [SEED] > fresh.jsonl
//     BADGE_ORACLE=fresh.jsonl cargo test -p burgee-badge --test exact
//
// Run it where node finds the package. Control characters are left out: badge-maker's SVG is not well-formed with them.
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(path.join(process.cwd(), 'package.json'))
const { makeBadge } = await import(pathToFileURL(require.resolve('badge-maker')).href)

const count = Number(process.argv[2] ?? 300)
let state = Number(process.argv[3] ?? 1)
function random(below) {
  // mulberry32
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) % below
}
const pick = list => list[random(list.length)]
const maybe = (percent, make) => (random(100) < percent ? make() : undefined)

const WORDS = ['build', 'passing', 'failing', 'coverage', '97%', 'v1.2.3', 'a < b & c > d', '"quoted"', "it's", 'straße', 'ǆ', 'ŉ', 'ﬁn', '构建', 'ビルド', '빌드', '🚀', '👩‍💻', 'שלום', 'مرحبا', 'Привет', 'Ω≈ç', '𐐨𐐩', 'i̇', 'ß', 'ԥ₿', '\ufeffx', '\u0085y', 'tab\tin', 'line\nin', 'a\u00a0', '~'.repeat(40), 'W'.repeat(30)]
// Blocks with known widths, and all of the rest.
const RANGES = [[0x20, 0x7e], [0x20, 0x7e], [0xa0, 0x24f], [0x250, 0x52f], [0x530, 0x1cff], [0x1d00, 0x2aff], [0x2e80, 0x33ff], [0x3400, 0xd7ff], [0xe000, 0xffef], [0x10000, 0x1ffff], [0x20000, 0x2fa1f], [0xe0000, 0xe007f], [0x80, 0xd7ff], [0x10000, 0x10ffff]]
function characters() {
  let text = ''
  const [first, last] = pick(RANGES)
  for (let n = random(12); n >= 0; n--) {
    const point = first + random(last - first + 1)
    if (point < 0xd800 || (point > 0xdfff && point < 0xfffe) || point > 0xffff) text += String.fromCodePoint(point)
  }
  return text
}
const text = () => pick([() => pick(WORDS), () => pick(WORDS), characters, characters, () => `${pick(WORDS)} ${characters()}`, () => ` ${pick(WORDS)}\u2003`, () => ''])()
const digits = () => String(pick([0, 1, 50, 100, 177, 178, 255, 256, 300, random(400), random(1000)]))
const hex = n => Array.from({ length: n }, () => pick([...'0123456789abcdefABCDEF'])).join('')
const names = ['brightgreen', 'green', 'yellow', 'yellowgreen', 'orange', 'red', 'blue', 'grey', 'lightgrey', 'gray', 'lightgray', 'critical', 'important', 'success', 'informational', 'inactive']
const css = Object.keys(require('color-name'))
const opacity = separator => pick(['', `${separator}0.5`, `${separator} .25 `, `${separator}1`, `${separator}0`, `${separator}30%`, `${separator}1.0`, `${separator}2`])
const color = () =>
  pick([
    () => pick(names),
    () => pick(css),
    () => pick(['', '#']) + hex(pick([3, 6])),
    () => `#${hex(pick([1, 2, 4, 5, 7, 8, 9]))}`,
    () => `${pick(['rgb', 'rgba', 'RGB'])}(${pick(['', ' '])}${digits()},${digits()} , ${digits()}${opacity(',')})`,
    () => `rgb(${digits()} ${digits()}  ${digits()}${opacity('/')})`,
    () => `rgb(${digits()}%, ${digits()}%,${digits()}%${opacity(' ,')})`,
    () => `rgb(${digits()}% ${digits()}% ${digits()}% ${opacity(' /')})`,
    () => `hsl(${digits()}${pick(['', 'deg', 'rad', 'grad', 'turn'])}, ${digits()}%, ${digits()}%${opacity(',')})`,
    () => `${pick([' ', '\u00a0', ''])}${pick([pick(css), `#${hex(6)}`, 'RebeccaPurple', 'transparent', 'none'])}${pick(['', ' '])}`,
  ])()
const link = () => pick(['', '', 'https://example.com/a?b=1&c="2"', 'http://ci.example/<x>', "/it's", 'mailto:a@b.example', ' '])

for (let n = 0; n < count; n++) {
  const input = JSON.parse(
    JSON.stringify({
      label: maybe(85, text),
      message: text(),
      style: pick(['flat', 'flat-square', 'plastic', 'for-the-badge', 'social']),
      color: maybe(70, color),
      labelColor: maybe(50, color),
      links: maybe(35, () => Array.from({ length: random(3) }, link)),
      logoBase64: maybe(25, () => pick(['data:image/png;base64,iVBORw0KGgo=', "data:image/svg+xml,%3Csvg a='1'/%3E&<>", ''])),
      idSuffix: maybe(20, () => pick(['', '1', '_a-B'])),
    }),
  )
  console.log(JSON.stringify({ input, svg: makeBadge(input) }))
}

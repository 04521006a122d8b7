// rasterize.mjs FILE: rasterizes the SVGs in FILE (a JSON list of texts) with sharp. For each line "SCALE SECONDS" on
// standard input it draws one after the other for that long, and answers with how many.
import { readFileSync } from 'node:fs'
import readline from 'node:readline'
import sharp from 'sharp'

sharp.cache(false)
sharp.concurrency(1)
const svgs = JSON.parse(readFileSync(process.argv[2], 'utf8')).map(svg => Buffer.from(svg))

// 72 dots per inch are one pixel for each of the SVG's.
const draw = (svg, scale) => sharp(svg, { density: 72 * scale }).png().toBuffer({ resolveWithObject: true })

let next = 0
async function rasterize(scale, seconds) {
  let images = 0
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    await draw(svgs[next++ % svgs.length], scale)
    images++
  }
  return images
}

// The widths show that a scale means the same as in Burgee.
const width = async scale => (await draw(svgs[0], scale)).info.width
console.log(`ready ${await width(1)} ${await width(2)}`)

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [scale, seconds] = line.split(' ').map(Number)
  console.log(await rasterize(scale, seconds))
}

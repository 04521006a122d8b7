// badge-server.mjs PORT: a minimal HTTP server around badge-maker, which draws the badge anew for each request.
import http from 'node:http'
import { makeBadge } from 'badge-maker'

const headers = { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=60' }

http
  .createServer((request, response) => {
    const query = new URL(request.url, 'http://localhost').searchParams
    const svg = makeBadge({ label: query.get('label'), message: query.get('message'), color: query.get('color') })
    response.writeHead(200, { ...headers, 'Content-Length': Buffer.byteLength(svg) }).end(svg)
  })
  .listen(Number(process.argv[2]), '127.0.0.1')
